using MailAdmin.Core.Accounts;
using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Domains;

/// <summary>Takes a domain out, rows first; its accounts' mailboxes follow through the outbox.</summary>
internal static class DomainRemoval
{
    public static async Task RemoveAsync(MailWrite write, MailDomain domain)
    {
        var context = write.Context;
        domain.CatchAllAccountId = null;
        var accounts = await context.Accounts.Where(a => a.DomainId == domain.Id).ToListAsync();
        await AccountRemoval.RetireAsync(write, accounts, domain.StoreId);
        context.Addresses.RemoveRange(await context.Addresses.Where(a => a.DomainId == domain.Id).ToListAsync());
        await context.SaveChangesAsync();
        context.AdminDomains.RemoveRange(await context.AdminDomains.Where(d => d.DomainId == domain.Id).ToListAsync());
        context.DomainAliases.RemoveRange(domain.Aliases);
        context.Domains.Remove(domain);
    }
}
