using System.Diagnostics.Metrics;
using MailAdmin.Core.Telemetry;

namespace MailAdmin.Provisioning.Logins;

/// <summary>Counts mail logins; never by user.</summary>
internal static class LoginMetrics
{
    private static readonly string[] Services = ["imap", "pop3", "sieve", "smtp", "other"];

    private static readonly Counter<long> Logins = MailAdminTelemetry.Meter.CreateCounter<long>(
        "mailadmin.logins", "{login}", "Mail logins, by service and result.");

    /// <summary>Shows every series from the start: a rate needs the zero before the first login.</summary>
    public static void Begin()
    {
        foreach (var service in Services)
            foreach (var verdict in Enum.GetValues<LoginVerdict>()) Count(service, verdict, 0);
    }

    /// <param name="service">The name that the asking server gave.</param>
    /// <param name="verdict">The answer.</param>
    public static void Count(string service, LoginVerdict verdict) => Count(service switch
    {
        "pop" or "pop3" => "pop3",
        "imap" or "sieve" or "smtp" => service,
        // Whoever may connect to the socket can send any name.
        _ => "other",
    }, verdict, 1);

    private static void Count(string service, LoginVerdict verdict, long number) =>
        Logins.Add(number, new("service", service), new("result", ResultOf(verdict)));

    private static string ResultOf(LoginVerdict verdict) => verdict switch
    {
        LoginVerdict.Ok => "ok",
        LoginVerdict.No => "refused",
        _ => "unanswered",
    };
}
