using MailAdmin.Core.Accounts;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Addresses;

/// <summary>Gives an address to one owner. All kinds of addresses share one table, so no address can be claimed twice.</summary>
internal static class AddressClaims
{
    public const string GivenAway = "account.address-given-away";

    private static readonly Func<MailContext, long, LocalPart, Task<MailAddress?>> Present = CompiledQuery.Create(
        (MailContext context, long domainId, LocalPart localPart) =>
        context.Addresses.AsTracking().Include(a => a.Account).SingleOrDefault(a => a.DomainId == domainId && a.LocalPart == localPart));

    /// <summary>
    /// Adds the address, or returns the problem that it is taken. An address that a deleted account still has counts as free: the account
    /// is restored with it only if it is still free.
    /// </summary>
    public static async Task<Result<MailAddress>> ClaimAsync(MailWrite write, MailDomain domain, LocalPart localPart)
    {
        if (GuardedAddresses.Check(write.Actor, domain, localPart) is { } guarded) return guarded.At("Address");
        var present = await Present(write.Context, domain.Id, localPart);
        if (present is not null && present.Account?.State != AccountState.Deleted)
            return Taken(domain, present).At("Address");
        if (present is not null)
        {
            // Shown to the admin who restores the account.
            write.Record(GivenAway, domain, present.Account!.Username.Value, before: new { Address = $"{localPart}@{domain.Name}" });
            write.Context.Addresses.Remove(present);
            await write.Context.SaveChangesAsync();
        }
        var address = new MailAddress { DomainId = domain.Id, LocalPart = localPart, CreatedAt = write.Now };
        write.Context.Addresses.Add(address);
        return address;
    }

    // An actor who may claim an address of a domain may also see its present owner.
    private static Problem Taken(MailDomain domain, MailAddress present)
    {
        var address = $"{present.LocalPart}@{domain.Name.Display}";
        return present.Account is { Username.Value: var username }
            ? AddressProblems.TakenByAccount(address, username) with { Link = new(domain.Name.Value, username) }
            : AddressProblems.TakenByAlias(address) with { Link = new(domain.Name.Value, AliasId: present.Id) };
    }
}
