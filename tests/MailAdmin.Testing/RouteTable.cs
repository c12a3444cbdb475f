namespace MailAdmin.Testing;

/// <summary>
/// Every route of the panel. A new route needs a line here, otherwise the test fails. If a route has a new kind of <c>{value}</c>,
/// <see cref="RouteWorld"/> has to know a value for it in the admin's own domain and in a foreign one.
/// </summary>
public static class RouteTable
{
    private static readonly Dictionary<string, AccessLevel> OfThePanel = new(StringComparer.Ordinal)
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

        ["GET /mail-hosts/{host}/delete"] = AccessLevel.EditDomains,
        ["POST /mail-hosts/{host}/delete"] = AccessLevel.EditDomains,

        ["GET /import"] = AccessLevel.EditDomains,
        ["POST /import"] = AccessLevel.EditDomains,
        ["GET /import/{id}"] = AccessLevel.EditDomains,
        ["GET /import/{id}/wrong"] = AccessLevel.EditDomains,
        ["POST /import/{id}/start"] = AccessLevel.EditDomains,
        ["POST /import/{id}/discard"] = AccessLevel.EditDomains,
        ["POST /import/{id}/passwords"] = AccessLevel.EditDomains,
        ["POST /import/{id}/links"] = AccessLevel.EditDomains,

        ["GET /sending"] = AccessLevel.RunPanel,
        ["POST /sending"] = AccessLevel.RunPanel,

        ["GET /audit"] = AccessLevel.SeeAudit,
        ["GET /audit/export"] = AccessLevel.SeeAudit,

        ["GET /drift"] = AccessLevel.RunPanel,
        ["POST /drift"] = AccessLevel.RunPanel,
        ["POST /drift/repairs"] = AccessLevel.RunPanel,
        ["POST /drift/{id}/repair"] = AccessLevel.RunPanel,
        ["GET /drift/{id}/adopt"] = AccessLevel.RunPanel,
        ["POST /drift/{id}/adopt"] = AccessLevel.RunPanel,
        ["GET /drift/{id}/delete"] = AccessLevel.RunPanel,
        ["POST /drift/{id}/delete"] = AccessLevel.RunPanel,
        ["GET /doctor"] = AccessLevel.RunPanel,
        ["GET /provisioning"] = AccessLevel.SeeMail,
        ["POST /provisioning/retry"] = AccessLevel.RunPanel,
        ["POST /provisioning/{id}/retry"] = AccessLevel.RunPanel,

        ["GET /search"] = AccessLevel.SeeMail,
        ["GET /trace"] = AccessLevel.SeeMail,
    };

    public static readonly IReadOnlyDictionary<string, AccessLevel> Routes =
        OfThePanel.Concat(DomainRoutes.Routes).ToDictionary(r => r.Key, r => r.Value, StringComparer.Ordinal);
}
