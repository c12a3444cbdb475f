using MailAdmin.Core.Accounts;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Addresses;

/// <summary>Gives an address to one owner. All kinds share the table, so nothing can be claimed twice.</summary>
internal static class AddressClaims
{
    public const string GivenAway = "account.address-given-away";

    private static readonly Func<MailContext, long, LocalPart, Task<MailAddress?>> Present = EF.CompileAsyncQuery(
        (MailContext context, long domainId, LocalPart localPart) =>
        context.Addresses.AsTracking().Include(a => a.Account).SingleOrDefault(a => a.DomainId == domainId && a.LocalPart == localPart));

    /// <summary>
    /// Adds the address, or says that it is taken. What a deleted account still holds is free: it would get it back only if it were still
    /// free.
    /// </summary>
    public static async Task<Result<MailAddress>> ClaimAsync(MailWrite write, MailDomain domain, LocalPart localPart)
    {
        if (GuardedAddresses.Check(write.Actor, domain, localPart) is { } guarded) return guarded.At("Address");
        var present = await Present(write.Context, domain.Id, localPart);
        if (present is not null && present.Account?.State != AccountState.Deleted)
            return Taken(domain, present).At("Address");
        if (present is not null)
        {
            // Told to whoever brings the account back.
            write.Record(GivenAway, domain, present.Account!.Username.Value, before: new { Address = $"{localPart}@{domain.Name}" });
            write.Context.Addresses.Remove(present);
            await write.Context.SaveChangesAsync();
        }
        var address = new MailAddress { DomainId = domain.Id, LocalPart = localPart, CreatedAt = write.Now };
        write.Context.Addresses.Add(address);
        return address;
    }

    // Whoever may ask for an address of a domain sees what has it.
    private static Problem Taken(MailDomain domain, MailAddress present)
    {
        var address = $"{present.LocalPart}@{domain.Name.Display}";
        return present.Account is { Username.Value: var username }
            ? AddressProblems.TakenByAccount(address, username) with { Link = new(domain.Name.Value, username) }
            : AddressProblems.TakenByAlias(address) with { Link = new(domain.Name.Value, AliasId: present.Id) };
    }
}
