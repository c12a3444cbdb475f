using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Results;

namespace MailAdmin.Core.Addresses;

/// <summary>
/// Addresses that speak for a whole domain: the reader of their mail can get a certificate for the domain (CA/Browser Forum, 3.2.2.4.4) or
/// is taken for its owner (RFC 2142). Only superusers may create them and set their destinations, or domain admins with their permission
/// (docs/decisions/0021).
/// </summary>
public static class GuardedAddresses
{
    /// <summary>
    /// These have to be delivered in every domain (RFC 5321, 4.5.1; RFC 2142): if a domain does not have them, they go to the hoster.
    /// </summary>
    public static IReadOnlyList<LocalPart> AlwaysDelivered { get; } = [LocalPart.Parse("postmaster"), LocalPart.Parse("abuse")];

    public static IReadOnlyList<LocalPart> All { get; } =
        [LocalPart.Parse("admin"), LocalPart.Parse("administrator"), LocalPart.Parse("hostmaster"), LocalPart.Parse("webmaster"),
            .. AlwaysDelivered];

    public static bool Contains(LocalPart part) => All.Contains(part);

    /// <summary>Null if the actor may create it or set its destinations.</summary>
    internal static Problem? Check(Actor actor, MailDomain domain, LocalPart part) =>
        actor.IsSuperuser || domain.AllowsGuardedAddresses
            || !Contains(part) ? null : AddressProblems.Guarded($"{part}@{domain.Name.Display}");
}
