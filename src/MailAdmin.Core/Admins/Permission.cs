namespace MailAdmin.Core.Admins;

/// <summary>The permissions. For domain admins and support they apply to their domains only.</summary>
public enum Permission
{
    /// <summary>See a domain with its accounts, addresses, aliases and the state of their provisioning.</summary>
    SeeMail,

    /// <summary>Set a new password for an account.</summary>
    ResetPassword,

    /// <summary>Edit accounts, addresses, aliases, redirects, vacations, catch-all and quotas, within the domain's limits.</summary>
    EditMail,

    /// <summary>See the audit: of their domains, and for superusers all of it.</summary>
    SeeAudit,

    /// <summary>Create and delete domains, and edit their limits, names and state.</summary>
    EditDomains,

    /// <summary>Manage admins and the settings of the whole installation.</summary>
    RunPanel,
}

/// <summary>
/// The actor lacks the permission for a request. The user cannot correct this, so it is not a <see cref="Results.Problem"/>.
/// </summary>
public sealed class NotPermittedException(string message) : Exception(message);

/// <summary>The single table of the roles' permissions.</summary>
public static class Permissions
{
    public static bool Grants(this AdminRole role, Permission permission) => role switch
    {
        AdminRole.Superuser => true,
        AdminRole.DomainAdmin => permission is Permission.SeeMail or Permission.ResetPassword or Permission.EditMail or Permission.SeeAudit,
        AdminRole.Support => permission is Permission.SeeMail or Permission.ResetPassword,
        _ => false,
    };
}
