using MailAdmin.Core.Addresses;
using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Accounts;

/// <summary>An address of an account, to be edited.</summary>
/// <param name="AliasCount">Aliases that name it as a destination.</param>
public sealed record AccountAddress(long Id, LocalPart LocalPart, bool IsPrimary, int AliasCount);

/// <summary>Reads the addresses of one account.</summary>
public sealed class AccountAddressRepository(MailDatabase database)
{
    /// <summary>The official one first.</summary>
    public async Task<IReadOnlyList<AccountAddress>> ListAsync(long accountId)
    {
        await using var context = database.Open();
        return await Rows(context, context.Addresses.Where(a => a.AccountId == accountId)).ToListAsync();
    }

    public async Task<AccountAddress?> FindAsync(long accountId, long addressId)
    {
        await using var context = database.Open();
        return await Rows(context, context.Addresses.Where(a => a.AccountId == accountId && a.Id == addressId)).SingleOrDefaultAsync();
    }

    private static IQueryable<AccountAddress> Rows(MailContext context, IQueryable<MailAddress> addresses) =>
        addresses.OrderByDescending(a => a.IsPrimary).ThenBy(a => a.Id)
            .Select(a => new AccountAddress(a.Id, a.LocalPart, a.IsPrimary, context.AliasDestinations.Count(d => d.LocalAddressId == a.Id)));
}
