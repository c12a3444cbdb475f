using MailAdmin.Core.Accounts;
using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Domains;

/// <summary>Deletes a domain, rows first; its accounts' mailboxes are removed by provisioning jobs.</summary>
internal static class DomainRemoval
{
    /// <summary>
    /// Number of accounts or addresses deleted in one transaction: it takes well below a second, and other writers get their turn after it.
    /// </summary>
    public const int StepSize = 500;

    /// <summary>Whether everything fits into one step.</summary>
    public static async Task<bool> IsSmallAsync(MailContext context, long domainId) =>
        await context.Addresses.CountAsync(a => a.DomainId == domainId) + await context.Accounts.CountAsync(
            a => a.DomainId == domainId) <= StepSize;

    /// <returns>False if another step is needed.</returns>
    public static async Task<bool> StepAsync(MailWrite write, MailDomain domain)
    {
        var context = write.Context;
        var accounts = await context.Accounts.Where(a => a.DomainId == domain.Id).OrderBy(a => a.Id).Take(StepSize).ToListAsync();
        if (accounts.Count > 0)
        {
            await RetireAsync(write, domain, accounts);
            return false;
        }
        var addresses = await context.Addresses.Where(a => a.DomainId == domain.Id).OrderBy(a => a.Id).Take(StepSize).ToListAsync();
        context.Addresses.RemoveRange(addresses);
        await context.SaveChangesAsync();
        if (addresses.Count == StepSize) return false;
        context.AdminDomains.RemoveRange(await context.AdminDomains.Where(d => d.DomainId == domain.Id).ToListAsync());
        context.DomainAliases.RemoveRange(domain.Aliases);
        context.Domains.Remove(domain);
        return true;
    }

    // The account count is lowered with each step: it is the progress that the list of domains shows.
    private static async Task RetireAsync(MailWrite write, MailDomain domain, List<Account> accounts)
    {
        var counted = accounts.Count(a => a.State != AccountState.Deleted);
        await AccountRemoval.RetireAsync(write, accounts, domain.StoreId);
        await write.Context.Domains.Where(d => d.Id == domain.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.AccountCount, d => d.AccountCount - counted));
    }
}
