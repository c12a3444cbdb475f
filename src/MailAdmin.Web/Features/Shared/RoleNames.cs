using MailAdmin.Core.Admins;

namespace MailAdmin.Web.Features.Shared;

/// <summary>What an admin is called.</summary>
internal static class RoleNames
{
    public static string Of(AdminRole role) => role switch
    {
        AdminRole.Superuser => SharedTexts.Superuser,
        AdminRole.DomainAdmin => SharedTexts.DomainAdmin,
        _ => SharedTexts.Support,
    };
}
