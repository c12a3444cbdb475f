using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Results;

namespace MailAdmin.Core.Addresses;

/// <summary>
/// Addresses that speak for a whole domain: whoever reads their mail gets a certificate for it (CA/Browser Forum, 3.2.2.4.4) or is taken
/// for its owner (RFC 2142). They are the superuser's to make and to point somewhere, or a domain admin's with their leave
/// (docs/decisions/0021).
/// </summary>
public static class GuardedAddresses
{
    /// <summary>
    /// These have to reach somebody on every domain (RFC 5321, 4.5.1; RFC 2142): where a domain has none, the hoster does.
    /// </summary>
    public static IReadOnlyList<LocalPart> AlwaysDelivered { get; } = [LocalPart.Parse("postmaster"), LocalPart.Parse("abuse")];

    public static IReadOnlyList<LocalPart> All { get; } =
        [LocalPart.Parse("admin"), LocalPart.Parse("administrator"), LocalPart.Parse("hostmaster"), LocalPart.Parse("webmaster"),
            .. AlwaysDelivered];

    public static bool Contains(LocalPart part) => All.Contains(part);

    /// <summary>Null where the actor may make it or point it somewhere.</summary>
    internal static Problem? Check(Actor actor, MailDomain domain, LocalPart part) =>
        actor.IsSuperuser || domain.AllowsGuardedAddresses
            || !Contains(part) ? null : AddressProblems.Guarded($"{part}@{domain.Name.Display}");
}
