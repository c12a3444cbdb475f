namespace MailAdmin.Core.Admins;

/// <summary>What there is to be allowed. The domain admin's and the support's count for the domains given to them.</summary>
public enum Permission
{
    /// <summary>A domain with its accounts, addresses, aliases and the state of their provisioning.</summary>
    SeeMail,

    /// <summary>A new password for an account.</summary>
    ResetPassword,

    /// <summary>Accounts, addresses, aliases, redirects, vacations, catch-all and quotas, within the domain's limits.</summary>
    EditMail,

    /// <summary>Who did what: to their domains, and for superusers all of it.</summary>
    SeeAudit,

    /// <summary>Domains: their creation, limits, names, state and end.</summary>
    EditDomains,

    /// <summary>Admins and the settings of the whole installation.</summary>
    RunPanel,
}

/// <summary>
/// Somebody asked for what is not theirs to ask for. No person can put that right, so it is no <see cref="Results.Problem"/>.
/// </summary>
public sealed class NotPermittedException(string message) : Exception(message);

/// <summary>The one table of who may do what.</summary>
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
