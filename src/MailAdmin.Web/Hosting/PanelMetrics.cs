using System.Diagnostics.Metrics;
using MailAdmin.Core.Telemetry;

namespace MailAdmin.Web.Hosting;

/// <summary>Counts sign-ins to the panel and requests that it refused. ASP.NET Core measures the requests themselves.</summary>
internal static class PanelMetrics
{
    public const string SignedIn = "ok";
    public const string PasswordRefused = "password_refused";
    public const string SecondFactorRefused = "second_factor_refused";

    private static readonly Counter<long> SignIns = MailAdminTelemetry.Meter.CreateCounter<long>(
        "mailadmin.panel.sign_ins", "{sign_in}", "Passwords, passkeys and codes that were checked at the panel, by result.");

    private static readonly Counter<long> Refusals = MailAdminTelemetry.Meter.CreateCounter<long>(
        "mailadmin.panel.refusals", "{request}", "Requests of signed-in admins that the panel refused, as in the log.");

    /// <summary>Shows every series from the start: a rate needs the zero before the first event.</summary>
    public static void Begin()
    {
        foreach (var result in (string[])[SignedIn, PasswordRefused, SecondFactorRefused]) CountSignIn(result, 0);
        Refusals.Add(0);
    }

    /// <param name="result">One of the constants.</param>
    /// <param name="number">How many.</param>
    public static void CountSignIn(string result, long number = 1) =>
        SignIns.Add(number, new KeyValuePair<string, object?>("result", result));

    public static void CountRefusal() => Refusals.Add(1);
}
