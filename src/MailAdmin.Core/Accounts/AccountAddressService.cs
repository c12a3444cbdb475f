using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Previews;
using MailAdmin.Core.Results;
using MailAdmin.Core.Routing;

namespace MailAdmin.Core.Accounts;

/// <summary>The addresses of an account: one or more, one of them official.</summary>
public sealed class AccountAddressService(MailDatabase database)
{
    /// <summary>Gives the account one more address of its domain. The field Address carries the problems.</summary>
    public Task<Result<Account>> AddAsync(long accountId, LocalPart localPart, Actor actor) =>
        database.ChangeAccountAsync(accountId, null, actor, async (write, account) =>
        {
            var claimed = await AddressClaims.ClaimAsync(write, account.Domain!, localPart);
            if (!claimed.Succeeded) return claimed.Problems[0];
            // One that was brought back may have lost them all.
            (claimed.Value.Account, claimed.Value.IsPrimary) = (account, account.Addresses.Count == 0);
            Record(write, "account.address-added", account, localPart);
            // What led nowhere by this name leads here now, which may be where it came from.
            await write.Context.SaveChangesAsync();
            var circles = new List<Problem>();
            await DestinationLocalizer.LocalizeAsync(write, new HashSet<long> { claimed.Value.Id }, CancellationToken.None, circles);
            return circles.FirstOrDefault()?.At("Address");
        });

    /// <summary>
    /// Takes an address away; aliases lose it as a destination. The last one stays. When the official one goes, the oldest of the others
    /// becomes it. What is gone already is no fault.
    /// </summary>
    public Task<Result<Account>> RemoveAsync(long accountId, long addressId, Actor actor) =>
        PlanRemoval(accountId, addressId, actor).MakeAsync();

    /// <summary>The same, to be shown before it is made.</summary>
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

    /// <summary>Makes one of its addresses the official one (manual, chapter 1).</summary>
    public Task<Result<Account>> MakePrimaryAsync(long accountId, long addressId, Actor actor) =>
        database.ChangeAccountAsync(accountId, null, actor, (write, account) =>
        {
            if (Of(account, addressId) is not { } address) return Task.FromResult<Problem?>(AccountProblems.AddressNotFound);
            if (address.IsPrimary) return Done();
            foreach (var other in account.Addresses) other.IsPrimary = other == address;
            Record(write, "account.address-made-official", account, address.LocalPart);
            return Done();
        });

    private static MailAddress? Of(Account account, long addressId) => account.Addresses.SingleOrDefault(a => a.Id == addressId);

    private static Task<Problem?> Done() => Task.FromResult<Problem?>(null);

    private static void Record(MailWrite write, string kind, Account account, LocalPart part) =>
        write.Record(kind, account.Domain!, account.Username.Value, after: new { Address = $"{part}@{account.Domain!.Name}" });
}
