using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Features.Admins;

public sealed record AdminsPage(Page<AdminRow> Admins, ListQuery Query);

/// <param name="IsOwn">The admin is the reader themselves.</param>
public sealed record AdminPage(AdminDetails Admin, AdminForm Form, bool IsOwn);

public sealed record DeleteAdminPage(AdminDetails Admin, bool IsOwn);

internal static class AdminText
{
    /// <summary>The domains that they see: all, none, the name of the only one, or the first name and how many more.</summary>
    public static string DomainsOf(AdminRow admin) => admin switch
    {
        { Role: AdminRole.Superuser } or { Role: AdminRole.Support, SeesAllDomains: true } => AdminTexts.AllDomains,
        { FirstDomain: null } => AdminTexts.NoDomain,
        { DomainCount: 1 } => admin.FirstDomain.Display,
        _ => AdminTexts.FormatDomainAndMore(admin.FirstDomain.Display, (admin.DomainCount - 1).Shown()),
    };
}
