using MailAdmin.Core.Admins;

namespace MailAdmin.Web.Features.Shared;

/// <summary>The names of the roles.</summary>
internal static class RoleNames
{
    public static string Of(AdminRole role) => role switch
    {
        AdminRole.Superuser => SharedTexts.Superuser,
        AdminRole.DomainAdmin => SharedTexts.DomainAdmin,
        _ => SharedTexts.Support,
    };
}
