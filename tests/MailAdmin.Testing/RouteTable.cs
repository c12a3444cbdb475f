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

/// <summary>
/// Every route of the panel. A new route needs a line here, otherwise the test fails. If a route has a new kind of <c>{value}</c>,
/// <see cref="RouteWorld"/> has to know a value for it in the admin's own domain and in a foreign one.
/// </summary>
public static class RouteTable
{
    public static readonly IReadOnlyDictionary<string, AccessLevel> Routes = new Dictionary<string, AccessLevel>(StringComparer.Ordinal)
    {
        ["GET /"] = AccessLevel.SeeMail,
        ["GET /health"] = AccessLevel.Anybody,
        ["GET /ready"] = AccessLevel.Anybody,
        ["GET /health/provisioning"] = AccessLevel.Anybody,
        ["GET /sign-in"] = AccessLevel.Anybody,
        ["POST /sign-in"] = AccessLevel.Anybody,
        // Redirects to the sign-in page, because no right password was given before.
        ["GET /sign-in/second-step"] = AccessLevel.Anybody,
        ["POST /sign-in/second-step"] = AccessLevel.Anybody,
        ["POST /sign-in/passkey"] = AccessLevel.Anybody,
        ["POST /sign-in/passkey/options"] = AccessLevel.Anybody,
        ["GET /sign-in/kept"] = AccessLevel.SignedIn,
        ["POST /sign-out"] = AccessLevel.SignedIn,
        ["POST /language"] = AccessLevel.Anybody,
        ["GET /setup"] = AccessLevel.Closed,
        ["GET /setup/{token}"] = AccessLevel.Closed,
        ["POST /setup/{token}"] = AccessLevel.Closed,
        // If no error has happened, there is no error page.
        ["ANY /errors/{status}"] = AccessLevel.Closed,

        ["GET /settings"] = AccessLevel.SignedIn,
        ["POST /settings"] = AccessLevel.SignedIn,
        ["POST /settings/password"] = AccessLevel.SignedIn,
        ["GET /settings/sessions"] = AccessLevel.SignedIn,
        ["POST /settings/sessions/end"] = AccessLevel.SignedIn,
        ["POST /settings/sessions/end-others"] = AccessLevel.SignedIn,
        ["POST /settings/sessions/networks"] = AccessLevel.SignedIn,

        ["GET /settings/second-factor"] = AccessLevel.SignedIn,
        ["POST /settings/second-factor/open"] = AccessLevel.SignedIn,
        ["POST /settings/second-factor/codes"] = AccessLevel.SignedIn,
        ["GET /settings/second-factor/app"] = AccessLevel.SignedIn,
        ["POST /settings/second-factor/app"] = AccessLevel.SignedIn,
        ["POST /settings/second-factor/app/delete"] = AccessLevel.SignedIn,
        ["POST /settings/second-factor/passkeys"] = AccessLevel.SignedIn,
        ["POST /settings/second-factor/passkeys/options"] = AccessLevel.SignedIn,
        ["POST /settings/second-factor/passkeys/delete"] = AccessLevel.SignedIn,

        ["GET /security"] = AccessLevel.RunPanel,
        ["POST /security"] = AccessLevel.RunPanel,
        ["POST /security/role-address"] = AccessLevel.RunPanel,

        ["GET /links"] = AccessLevel.SignedIn,
        ["POST /links/withdraw"] = AccessLevel.SignedIn,
        // The token here is unknown. A user with a valid token gets in without signing in.
        ["GET /password-link/{token}"] = AccessLevel.Closed,
        ["POST /password-link/{token}"] = AccessLevel.Closed,

        ["GET /hoster"] = AccessLevel.RunPanel,
        ["POST /hoster"] = AccessLevel.RunPanel,
        ["GET /hoster/logo"] = AccessLevel.Anybody,
        ["POST /hoster/logo"] = AccessLevel.RunPanel,
        ["POST /hoster/logo/delete"] = AccessLevel.RunPanel,

        ["GET /admins"] = AccessLevel.RunPanel,
        ["GET /admins/new"] = AccessLevel.RunPanel,
        ["POST /admins/new"] = AccessLevel.RunPanel,
        ["GET /admins/{id}"] = AccessLevel.RunPanel,
        ["POST /admins/{id}"] = AccessLevel.RunPanel,
        ["GET /admins/{id}/password"] = AccessLevel.RunPanel,
        ["POST /admins/{id}/password"] = AccessLevel.RunPanel,
        ["GET /admins/{id}/second-factor/reset"] = AccessLevel.RunPanel,
        ["POST /admins/{id}/second-factor/reset"] = AccessLevel.RunPanel,
        ["GET /admins/{id}/delete"] = AccessLevel.RunPanel,
        ["POST /admins/{id}/delete"] = AccessLevel.RunPanel,

        ["GET /domains"] = AccessLevel.SeeMail,
        ["GET /domains/new"] = AccessLevel.EditDomains,
        ["POST /domains/new"] = AccessLevel.EditDomains,
        ["GET /domains/{domain}"] = AccessLevel.SeeMail,
        ["GET /domains/{domain}/settings"] = AccessLevel.SeeMail,
        ["POST /domains/{domain}/settings"] = AccessLevel.EditDomains,
        ["GET /domains/{domain}/delete"] = AccessLevel.EditDomains,
        ["POST /domains/{domain}/delete"] = AccessLevel.EditDomains,

        ["GET /mail-hosts/{host}/delete"] = AccessLevel.EditDomains,
        ["POST /mail-hosts/{host}/delete"] = AccessLevel.EditDomains,

        ["GET /domains/{domain}/routing"] = AccessLevel.SeeMail,
        ["GET /domains/{domain}/routing/change"] = AccessLevel.EditDomains,
        ["POST /domains/{domain}/routing"] = AccessLevel.EditDomains,

        ["GET /domains/{domain}/accounts"] = AccessLevel.SeeMail,
        ["GET /domains/{domain}/accounts/new"] = AccessLevel.EditMail,
        ["POST /domains/{domain}/accounts/new"] = AccessLevel.EditMail,
        ["GET /domains/{domain}/accounts/{username}"] = AccessLevel.SeeMail,
        ["GET /domains/{domain}/accounts/{username}/password"] = AccessLevel.ResetPassword,
        ["POST /domains/{domain}/accounts/{username}/password"] = AccessLevel.ResetPassword,
        ["POST /domains/{domain}/accounts/{username}/password-link"] = AccessLevel.ResetPassword,
        ["GET /domains/{domain}/accounts/{username}/client-settings"] = AccessLevel.SeeMail,
        ["GET /domains/{domain}/accounts/{username}/addresses"] = AccessLevel.EditMail,
        ["POST /domains/{domain}/accounts/{username}/addresses"] = AccessLevel.EditMail,
        ["GET /domains/{domain}/accounts/{username}/addresses/{id}/delete"] = AccessLevel.EditMail,
        ["POST /domains/{domain}/accounts/{username}/addresses/{id}/delete"] = AccessLevel.EditMail,
        ["POST /domains/{domain}/accounts/{username}/addresses/{id}/official"] = AccessLevel.EditMail,
        ["GET /domains/{domain}/accounts/{username}/services"] = AccessLevel.EditMail,
        ["POST /domains/{domain}/accounts/{username}/services"] = AccessLevel.EditMail,
        ["GET /domains/{domain}/accounts/{username}/state"] = AccessLevel.EditMail,
        ["POST /domains/{domain}/accounts/{username}/state"] = AccessLevel.EditMail,
        ["POST /domains/{domain}/accounts/{username}/state/resume"] = AccessLevel.EditMail,
        ["POST /domains/{domain}/accounts/{username}/filters/set-aside"] = AccessLevel.EditMail,
        ["POST /domains/{domain}/accounts/{username}/sharing/delete"] = AccessLevel.EditMail,
        ["GET /sending"] = AccessLevel.RunPanel,
        ["POST /sending"] = AccessLevel.RunPanel,
        ["GET /domains/{domain}/sending"] = AccessLevel.SeeMail,
        ["POST /domains/{domain}/sending"] = AccessLevel.EditDomains,
        ["GET /domains/{domain}/accounts/{username}/sending"] = AccessLevel.SeeMail,
        ["POST /domains/{domain}/accounts/{username}/sending"] = AccessLevel.EditMail,
        ["POST /domains/{domain}/accounts/{username}/sending/lift"] = AccessLevel.EditDomains,
        ["GET /domains/{domain}/accounts/{username}/mailbox"] = AccessLevel.EditMail,
        ["POST /domains/{domain}/accounts/{username}/mailbox/username"] = AccessLevel.EditMail,
        ["POST /domains/{domain}/accounts/{username}/mailbox/take-over"] = AccessLevel.RunPanel,
        ["GET /domains/{domain}/accounts/{username}/quota"] = AccessLevel.EditMail,
        ["POST /domains/{domain}/accounts/{username}/quota"] = AccessLevel.EditMail,
        ["GET /domains/{domain}/accounts/{username}/vacation"] = AccessLevel.EditMail,
        ["POST /domains/{domain}/accounts/{username}/vacation"] = AccessLevel.EditMail,
        ["POST /domains/{domain}/accounts/{username}/vacation/preview"] = AccessLevel.EditMail,
        ["POST /domains/{domain}/accounts/{username}/vacation/activation"] = AccessLevel.EditMail,
        ["GET /domains/{domain}/accounts/{username}/delete"] = AccessLevel.EditMail,
        ["POST /domains/{domain}/accounts/{username}/delete"] = AccessLevel.EditMail,
        ["GET /domains/{domain}/accounts/deleted"] = AccessLevel.EditMail,
        ["POST /domains/{domain}/accounts/deleted/{id}/restore"] = AccessLevel.EditMail,
        ["GET /domains/{domain}/accounts/deleted/{id}/delete"] = AccessLevel.EditDomains,
        ["POST /domains/{domain}/accounts/deleted/{id}/delete"] = AccessLevel.EditDomains,

        ["GET /api/v1/domains/{domain}/accounts"] = AccessLevel.SeeMail,
        ["GET /api/v1/domains/{domain}/accounts/{username}"] = AccessLevel.SeeMail,
        ["PUT /api/v1/domains/{domain}/accounts/{username}/quota"] = AccessLevel.EditMail,

        ["GET /domains/{domain}/aliases"] = AccessLevel.SeeMail,
        ["GET /domains/{domain}/aliases/new"] = AccessLevel.EditMail,
        ["POST /domains/{domain}/aliases/new"] = AccessLevel.EditMail,
        ["GET /domains/{domain}/aliases/{id}"] = AccessLevel.SeeMail,
        ["POST /domains/{domain}/aliases/{id}"] = AccessLevel.EditMail,
        ["GET /domains/{domain}/aliases/{id}/delete"] = AccessLevel.EditMail,
        ["POST /domains/{domain}/aliases/{id}/delete"] = AccessLevel.EditMail,
        ["POST /domains/{domain}/aliases/{id}/destinations/delete"] = AccessLevel.EditMail,

        ["GET /domains/{domain}/accounts/{username}/redirect"] = AccessLevel.SeeMail,
        ["POST /domains/{domain}/accounts/{username}/redirect"] = AccessLevel.EditMail,
        ["POST /domains/{domain}/accounts/{username}/redirect/delete"] = AccessLevel.EditMail,
        ["GET /domains/{domain}/accounts/{username}/catch-all"] = AccessLevel.SeeMail,
        ["POST /domains/{domain}/accounts/{username}/catch-all"] = AccessLevel.EditMail,
        ["POST /domains/{domain}/accounts/{username}/catch-all/delete"] = AccessLevel.EditMail,
        ["GET /domains/{domain}/catch-all"] = AccessLevel.SeeMail,

        ["GET /domains/{domain}/names"] = AccessLevel.SeeMail,
        ["POST /domains/{domain}/names"] = AccessLevel.EditDomains,
        ["GET /domains/{domain}/names/{name}/delete"] = AccessLevel.EditDomains,
        ["POST /domains/{domain}/names/{name}/delete"] = AccessLevel.EditDomains,

        ["GET /audit"] = AccessLevel.SeeAudit,
        ["GET /audit/export"] = AccessLevel.SeeAudit,

        ["GET /drift"] = AccessLevel.RunPanel,
        ["POST /drift"] = AccessLevel.RunPanel,
        ["POST /drift/repairs"] = AccessLevel.RunPanel,
        ["POST /drift/{id}/repair"] = AccessLevel.RunPanel,
        ["GET /drift/{id}/delete"] = AccessLevel.RunPanel,
        ["POST /drift/{id}/delete"] = AccessLevel.RunPanel,
        ["GET /doctor"] = AccessLevel.RunPanel,
        ["GET /provisioning"] = AccessLevel.SeeMail,
        ["POST /provisioning/retry"] = AccessLevel.RunPanel,
        ["POST /provisioning/{id}/retry"] = AccessLevel.RunPanel,

        ["GET /search"] = AccessLevel.SeeMail,
        ["GET /trace"] = AccessLevel.SeeMail,
    };
}
