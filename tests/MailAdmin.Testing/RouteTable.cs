namespace MailAdmin.Testing;

/// <summary>
/// Who may use a route. It is stated again here, independently of the panel's own table, so that a mistake in that table is noticed.
/// </summary>
public enum Reach
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
    public static readonly IReadOnlyDictionary<string, Reach> Routes = new Dictionary<string, Reach>(StringComparer.Ordinal)
    {
        ["GET /"] = Reach.SeeMail,
        ["GET /health"] = Reach.Anybody,
        ["GET /health/provisioning"] = Reach.Anybody,
        ["GET /sign-in"] = Reach.Anybody,
        ["POST /sign-in"] = Reach.Anybody,
        // Redirects to the sign-in page, because no right password was given before.
        ["GET /sign-in/second-step"] = Reach.Anybody,
        ["POST /sign-in/second-step"] = Reach.Anybody,
        ["POST /sign-in/passkey"] = Reach.Anybody,
        ["POST /sign-in/passkey/options"] = Reach.Anybody,
        ["GET /sign-in/kept"] = Reach.SignedIn,
        ["POST /sign-out"] = Reach.SignedIn,
        ["POST /language"] = Reach.Anybody,
        ["GET /setup"] = Reach.Closed,
        ["GET /setup/{token}"] = Reach.Closed,
        ["POST /setup/{token}"] = Reach.Closed,
        // If no error has happened, there is no error page.
        ["ANY /errors/{status}"] = Reach.Closed,

        ["GET /settings"] = Reach.SignedIn,
        ["POST /settings"] = Reach.SignedIn,
        ["POST /settings/password"] = Reach.SignedIn,
        ["GET /settings/sessions"] = Reach.SignedIn,
        ["POST /settings/sessions/end"] = Reach.SignedIn,
        ["POST /settings/sessions/end-others"] = Reach.SignedIn,
        ["POST /settings/sessions/places"] = Reach.SignedIn,

        ["GET /settings/second-factor"] = Reach.SignedIn,
        ["POST /settings/second-factor/open"] = Reach.SignedIn,
        ["POST /settings/second-factor/codes"] = Reach.SignedIn,
        ["GET /settings/second-factor/app"] = Reach.SignedIn,
        ["POST /settings/second-factor/app"] = Reach.SignedIn,
        ["POST /settings/second-factor/app/delete"] = Reach.SignedIn,
        ["POST /settings/second-factor/passkeys"] = Reach.SignedIn,
        ["POST /settings/second-factor/passkeys/options"] = Reach.SignedIn,
        ["POST /settings/second-factor/passkeys/delete"] = Reach.SignedIn,

        ["GET /security"] = Reach.RunPanel,
        ["POST /security"] = Reach.RunPanel,
        ["POST /security/role-address"] = Reach.RunPanel,

        ["GET /links"] = Reach.SignedIn,
        ["POST /links/withdraw"] = Reach.SignedIn,
        // The token here is unknown. A user with a valid token gets in without signing in.
        ["GET /password-link/{token}"] = Reach.Closed,
        ["POST /password-link/{token}"] = Reach.Closed,

        ["GET /hoster"] = Reach.RunPanel,
        ["POST /hoster"] = Reach.RunPanel,
        ["GET /hoster/logo"] = Reach.Anybody,
        ["POST /hoster/logo"] = Reach.RunPanel,
        ["POST /hoster/logo/delete"] = Reach.RunPanel,

        ["GET /admins"] = Reach.RunPanel,
        ["GET /admins/new"] = Reach.RunPanel,
        ["POST /admins/new"] = Reach.RunPanel,
        ["GET /admins/{id}"] = Reach.RunPanel,
        ["POST /admins/{id}"] = Reach.RunPanel,
        ["GET /admins/{id}/password"] = Reach.RunPanel,
        ["POST /admins/{id}/password"] = Reach.RunPanel,
        ["GET /admins/{id}/second-factor/reset"] = Reach.RunPanel,
        ["POST /admins/{id}/second-factor/reset"] = Reach.RunPanel,
        ["GET /admins/{id}/delete"] = Reach.RunPanel,
        ["POST /admins/{id}/delete"] = Reach.RunPanel,

        ["GET /domains"] = Reach.SeeMail,
        ["GET /domains/new"] = Reach.EditDomains,
        ["POST /domains/new"] = Reach.EditDomains,
        ["GET /domains/{domain}"] = Reach.SeeMail,
        ["GET /domains/{domain}/settings"] = Reach.SeeMail,
        ["POST /domains/{domain}/settings"] = Reach.EditDomains,
        ["GET /domains/{domain}/delete"] = Reach.EditDomains,
        ["POST /domains/{domain}/delete"] = Reach.EditDomains,

        ["GET /mail-hosts/{host}/delete"] = Reach.EditDomains,
        ["POST /mail-hosts/{host}/delete"] = Reach.EditDomains,

        ["GET /domains/{domain}/routing"] = Reach.SeeMail,
        ["GET /domains/{domain}/routing/change"] = Reach.EditDomains,
        ["POST /domains/{domain}/routing"] = Reach.EditDomains,

        ["GET /domains/{domain}/accounts"] = Reach.SeeMail,
        ["GET /domains/{domain}/accounts/new"] = Reach.EditMail,
        ["POST /domains/{domain}/accounts/new"] = Reach.EditMail,
        ["GET /domains/{domain}/accounts/{username}"] = Reach.SeeMail,
        ["GET /domains/{domain}/accounts/{username}/password"] = Reach.ResetPassword,
        ["POST /domains/{domain}/accounts/{username}/password"] = Reach.ResetPassword,
        ["POST /domains/{domain}/accounts/{username}/password-link"] = Reach.ResetPassword,
        ["GET /domains/{domain}/accounts/{username}/client-settings"] = Reach.SeeMail,
        ["GET /domains/{domain}/accounts/{username}/addresses"] = Reach.EditMail,
        ["POST /domains/{domain}/accounts/{username}/addresses"] = Reach.EditMail,
        ["GET /domains/{domain}/accounts/{username}/addresses/{id}/delete"] = Reach.EditMail,
        ["POST /domains/{domain}/accounts/{username}/addresses/{id}/delete"] = Reach.EditMail,
        ["POST /domains/{domain}/accounts/{username}/addresses/{id}/official"] = Reach.EditMail,
        ["GET /domains/{domain}/accounts/{username}/services"] = Reach.EditMail,
        ["POST /domains/{domain}/accounts/{username}/services"] = Reach.EditMail,
        ["GET /domains/{domain}/accounts/{username}/state"] = Reach.EditMail,
        ["POST /domains/{domain}/accounts/{username}/state"] = Reach.EditMail,
        ["POST /domains/{domain}/accounts/{username}/state/resume"] = Reach.EditMail,
        ["POST /domains/{domain}/accounts/{username}/filters/set-aside"] = Reach.EditMail,
        ["POST /domains/{domain}/accounts/{username}/sharing/delete"] = Reach.EditMail,
        ["GET /sending"] = Reach.RunPanel,
        ["POST /sending"] = Reach.RunPanel,
        ["GET /domains/{domain}/sending"] = Reach.SeeMail,
        ["POST /domains/{domain}/sending"] = Reach.EditDomains,
        ["GET /domains/{domain}/accounts/{username}/sending"] = Reach.SeeMail,
        ["POST /domains/{domain}/accounts/{username}/sending"] = Reach.EditMail,
        ["POST /domains/{domain}/accounts/{username}/sending/lift"] = Reach.EditDomains,
        ["GET /domains/{domain}/accounts/{username}/mailbox"] = Reach.EditMail,
        ["POST /domains/{domain}/accounts/{username}/mailbox/username"] = Reach.EditMail,
        ["POST /domains/{domain}/accounts/{username}/mailbox/take-over"] = Reach.RunPanel,
        ["GET /domains/{domain}/accounts/{username}/quota"] = Reach.EditMail,
        ["POST /domains/{domain}/accounts/{username}/quota"] = Reach.EditMail,
        ["GET /domains/{domain}/accounts/{username}/vacation"] = Reach.EditMail,
        ["POST /domains/{domain}/accounts/{username}/vacation"] = Reach.EditMail,
        ["POST /domains/{domain}/accounts/{username}/vacation/preview"] = Reach.EditMail,
        ["POST /domains/{domain}/accounts/{username}/vacation/activation"] = Reach.EditMail,
        ["GET /domains/{domain}/accounts/{username}/delete"] = Reach.EditMail,
        ["POST /domains/{domain}/accounts/{username}/delete"] = Reach.EditMail,
        ["GET /domains/{domain}/accounts/deleted"] = Reach.EditMail,
        ["POST /domains/{domain}/accounts/deleted/{id}/restore"] = Reach.EditMail,
        ["GET /domains/{domain}/accounts/deleted/{id}/delete"] = Reach.EditDomains,
        ["POST /domains/{domain}/accounts/deleted/{id}/delete"] = Reach.EditDomains,

        ["GET /domains/{domain}/aliases"] = Reach.SeeMail,
        ["GET /domains/{domain}/aliases/new"] = Reach.EditMail,
        ["POST /domains/{domain}/aliases/new"] = Reach.EditMail,
        ["GET /domains/{domain}/aliases/{id}"] = Reach.SeeMail,
        ["POST /domains/{domain}/aliases/{id}"] = Reach.EditMail,
        ["GET /domains/{domain}/aliases/{id}/delete"] = Reach.EditMail,
        ["POST /domains/{domain}/aliases/{id}/delete"] = Reach.EditMail,
        ["POST /domains/{domain}/aliases/{id}/destinations/delete"] = Reach.EditMail,

        ["GET /domains/{domain}/accounts/{username}/redirect"] = Reach.SeeMail,
        ["POST /domains/{domain}/accounts/{username}/redirect"] = Reach.EditMail,
        ["POST /domains/{domain}/accounts/{username}/redirect/delete"] = Reach.EditMail,
        ["GET /domains/{domain}/accounts/{username}/catch-all"] = Reach.SeeMail,
        ["POST /domains/{domain}/accounts/{username}/catch-all"] = Reach.EditMail,
        ["POST /domains/{domain}/accounts/{username}/catch-all/delete"] = Reach.EditMail,
        ["GET /domains/{domain}/catch-all"] = Reach.SeeMail,

        ["GET /domains/{domain}/names"] = Reach.SeeMail,
        ["POST /domains/{domain}/names"] = Reach.EditDomains,
        ["GET /domains/{domain}/names/{name}/delete"] = Reach.EditDomains,
        ["POST /domains/{domain}/names/{name}/delete"] = Reach.EditDomains,

        ["GET /audit"] = Reach.SeeAudit,
        ["GET /audit/export"] = Reach.SeeAudit,

        ["GET /drift"] = Reach.RunPanel,
        ["POST /drift"] = Reach.RunPanel,
        ["POST /drift/repairs"] = Reach.RunPanel,
        ["POST /drift/{id}/repair"] = Reach.RunPanel,
        ["GET /drift/{id}/delete"] = Reach.RunPanel,
        ["POST /drift/{id}/delete"] = Reach.RunPanel,
        ["GET /doctor"] = Reach.RunPanel,
        ["GET /provisioning"] = Reach.SeeMail,
        ["POST /provisioning/retry"] = Reach.RunPanel,
        ["POST /provisioning/{id}/retry"] = Reach.RunPanel,

        ["GET /search"] = Reach.SeeMail,
        ["GET /trace"] = Reach.SeeMail,
    };
}
