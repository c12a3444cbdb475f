namespace MailAdmin.Testing;

/// <summary>
/// Who may use a route. It is stated again here, independently of the panel's own table, so that a mistake in that table is noticed.
/// </summary>
public enum AccessLevel
{
    /// <summary>Everybody, without signing in.</summary>
    Anybody,

    /// <summary>Every role.</summary>
    SignedIn,

    /// <summary>Every role, in the domains that the admin was given.</summary>
    SeeMail,

    /// <summary>Every role, in the domains that the admin was given; support with a reason.</summary>
    ResetPassword,

    /// <summary>Superusers, and domain admins in the domains they were given.</summary>
    EditMail,

    /// <summary>Superusers, and domain admins for their part of it.</summary>
    SeeAudit,

    /// <summary>Superusers.</summary>
    EditDomains,

    /// <summary>Superusers.</summary>
    RunPanel,

    /// <summary>Nobody: the route is closed for good since there is an admin.</summary>
    Closed,
}
