using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Previews;
using MailAdmin.Core.Results;
using MailAdmin.Core.Routing;

namespace MailAdmin.Core.Accounts;

/// <summary>The addresses of an account: one or more, one of them primary.</summary>
public sealed class AccountAddressService(MailDatabase database)
{
    /// <summary>Gives the account another address of its domain. Problems carry the field Address.</summary>
    public Task<Result<Account>> AddAsync(
        long accountId, LocalPart localPart, Actor actor, CancellationToken cancellationToken = default) =>
        database.ChangeAccountAsync(
            accountId, null, actor, (write, account) => AddAsync(write, account, localPart), cancellationToken: cancellationToken);

    internal static async Task<Problem?> AddAsync(MailWrite write, Account account, LocalPart localPart)
    {
        var claimed = await AddressClaims.ClaimAsync(write, account.Domain!, localPart);
        if (!claimed.Succeeded) return claimed.Problems[0];
        // A restored account may have lost all its addresses.
        (claimed.Value.Account, claimed.Value.IsPrimary) = (account, account.Addresses.Count == 0);
        Record(write, "account.address-added", account, localPart);
        // External destinations with this address lead here now, which may be a circle.
        await write.Context.SaveChangesAsync();
        var circles = new List<Problem>();
        await DestinationLocalizer.LocalizeAsync(write, new HashSet<long> { claimed.Value.Id }, CancellationToken.None, circles);
        return circles.FirstOrDefault()?.At("Address");
    }

    /// <summary>
    /// Removes an address; aliases lose it as a destination. The last address cannot be removed. If the primary address is removed, the
    /// oldest of the others becomes primary. Removing an address that does not exist is not an error.
    /// </summary>
    public Task<Result<Account>> RemoveAsync(long accountId, long addressId, Actor actor, CancellationToken cancellationToken = default) =>
        PlanRemoval(accountId, addressId, actor).MakeAsync(cancellationToken);

    /// <summary>The same as a planned change.</summary>
    /// <inheritdoc cref="RemoveAsync"/>
    public PlannedChange<Account> PlanRemoval(long accountId, long addressId, Actor actor) =>
        database.PlanAccountChange(accountId, null, actor, (write, account) =>
        {
            if (Of(account, addressId) is not { } address) return Done();
            if (account.Addresses.Count == 1) return Task.FromResult<Problem?>(AccountProblems.LastAddress);
            account.Addresses.Remove(address);
            write.Context.Addresses.Remove(address);
            if (address.IsPrimary) account.Addresses.MinBy(a => a.Id)!.IsPrimary = true;
            Record(write, "account.address-removed", account, address.LocalPart);
            return Done();
        });

    /// <summary>Makes one of the account's addresses the primary one (manual, chapter 1: the official address).</summary>
    public Task<Result<Account>> MakePrimaryAsync(
        long accountId, long addressId, Actor actor, CancellationToken cancellationToken = default) =>
        database.ChangeAccountAsync(accountId, null, actor, (write, account) =>
        {
            if (Of(account, addressId) is not { } address) return Task.FromResult<Problem?>(AccountProblems.AddressNotFound);
            if (address.IsPrimary) return Done();
            foreach (var other in account.Addresses) other.IsPrimary = other == address;
            Record(write, "account.address-made-official", account, address.LocalPart);
            return Done();
        }, cancellationToken: cancellationToken);

    private static MailAddress? Of(Account account, long addressId) => account.Addresses.SingleOrDefault(a => a.Id == addressId);

    private static Task<Problem?> Done() => Task.FromResult<Problem?>(null);

    private static void Record(MailWrite write, string kind, Account account, LocalPart part) =>
        write.Record(kind, account.Domain!, account.Username.Value, after: new { Address = $"{part}@{account.Domain!.Name}" });
}
