using System.Diagnostics.Metrics;
using MailAdmin.Core.Sending;
using MailAdmin.Core.Telemetry;

namespace MailAdmin.Provisioning.Sending;

/// <summary>Counts the answers to Postfix: those of the policy service, and those of the milter.</summary>
internal static class SendingMetrics
{
    private static readonly string[] Results = ["go_on", "refused", "limited", "sign_in_again"];

    private static readonly Counter<long> Answers = MailAdminTelemetry.Meter.CreateCounter<long>(
        "mailadmin.policy.answers", "{answer}", "Answers of the policy service, by result.");

    private static readonly Counter<long> Verdicts = MailAdminTelemetry.Meter.CreateCounter<long>(
        "mailadmin.milter.verdicts", "{verdict}", "Verdicts of the milter about messages of users and of their scripts, by result.");

    /// <summary>Shows every series from the start: a rate needs the zero before the first answer.</summary>
    public static void Begin()
    {
        foreach (var result in Results) Answers.Add(0, new KeyValuePair<string, object?>("result", result));
        foreach (var author in (string[])["user", "script"])
            foreach (var result in (string[])["accepted", "refused"]) Count(author, result, 0);
    }

    /// <param name="action">The action of access(5) that Postfix gets.</param>
    public static void Count(string action) => Answers.Add(1, new KeyValuePair<string, object?>("result", action switch
    {
        SendingPolicy.GoOn => "go_on",
        SendingPolicy.SignInAgain => "sign_in_again",
        SenderRecord.Refusal => "refused",
        _ => "limited",
    }));

    /// <param name="author"><c>user</c> or <c>script</c>.</param>
    /// <param name="isRefused">Whether the message was refused.</param>
    public static void CountVerdict(string author, bool isRefused) => Count(author, isRefused ? "refused" : "accepted", 1);

    private static void Count(string author, string result, long number) =>
        Verdicts.Add(number, new("author", author), new("result", result));
}
