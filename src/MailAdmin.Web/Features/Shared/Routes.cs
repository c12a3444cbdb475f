using System.Globalization;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Domains;

namespace MailAdmin.Web.Features.Shared;

/// <summary>
/// The URLs of the panel's pages, for links, forms and redirects. Apart from the controllers' <c>[Route]</c>, only this class spells URLs;
/// a test ensures that each leads to a route.
/// </summary>
public static class Routes
{
    public const string Start = "/";
    public const string Errors = "/errors";
    public const string Language = "/language";
    public const string SetUp = "/setup";

    public const string SignIn = "/sign-in";
    public const string SignInByPasskey = "/sign-in/passkey";
    public const string SecondStep = "/sign-in/second-step";
    public const string KeptForm = "/sign-in/kept";
    public const string SignOut = "/sign-out";

    public const string Settings = "/settings";
    public const string OwnPassword = "/settings/password";
    public const string OwnSessions = "/settings/sessions";
    public const string EndSession = "/settings/sessions/end";
    public const string EndOtherSessions = "/settings/sessions/end-others";
    public const string ConfirmNetworks = "/settings/sessions/networks";
    public const string SecondFactor = "/settings/second-factor";
    public const string OpenSecondFactor = "/settings/second-factor/open";
    public const string App = "/settings/second-factor/app";
    public const string DeleteApp = "/settings/second-factor/app/delete";
    public const string RecoveryCodes = "/settings/second-factor/codes";
    public const string Passkeys = "/settings/second-factor/passkeys";
    public const string DeletePasskey = "/settings/second-factor/passkeys/delete";

    public const string Admins = "/admins";
    public const string Audit = "/audit";
    public const string AuditExport = "/audit/export";
    public const string Doctor = "/doctor";
    public const string Drift = "/drift";
    public const string RepairAllDrift = "/drift/repairs";
    public const string Hoster = "/hoster";
    public const string Logo = "/hoster/logo";
    public const string DeleteLogo = "/hoster/logo/delete";
    public const string PasswordLinks = "/links";
    public const string WithdrawPasswordLink = "/links/withdraw";
    public const string Provisioning = "/provisioning";
    public const string RetryAllJobs = "/provisioning/retry";
    public const string Search = "/search";
    public const string Security = "/security";
    public const string RoleAddress = "/security/role-address";
    public const string SendingDefaults = "/sending";
    public const string Trace = "/trace";

    /// <summary>Shows the password of a one-time link, whose id follows this path.</summary>
    public const string ShownPasswords = "/password-link";

    public const string Domains = "/domains";
    public const string NewDomain = "/domains/new";

    /// <summary>Deletes an orphaned mailbox that a comparison found.</summary>
    public static string DeleteOrphan(long finding) => $"/drift/{Number(finding)}/delete";

    /// <summary>Makes an account for an orphaned mailbox.</summary>
    public static string AdoptOrphan(long finding) => $"/drift/{Number(finding)}/adopt";

    public static string RepairDrift(long finding) => $"/drift/{Number(finding)}/repair";

    public static string RetryJob(long job) => $"/provisioning/{Number(job)}/retry";

    public static string DeleteMailHost(string host) => $"/mail-hosts/{host}/delete";

    public static DomainRoutes Of(DomainName domain) => new(domain.Value);

    /// <param name="domain">The domain in A-labels.</param>
    public static DomainRoutes Of(string domain) => new(domain);

    public static AccountRoutes Of(DomainName domain, Username username) => Of(domain).Account(username.Value);

    internal static string Number(long id) => id.ToString(CultureInfo.InvariantCulture);
}
