using System.Diagnostics;
using System.Diagnostics.Metrics;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Telemetry;

namespace MailAdmin.Provisioning.Worker;

/// <summary>Counts what provisioning jobs came to. How many wait is in the database: <c>StateGauges</c> tells it.</summary>
internal static class JobMetrics
{
    private static readonly Counter<long> Attempts = MailAdminTelemetry.Meter.CreateCounter<long>(
        "mailadmin.provisioning.attempts", "{attempt}", "Attempts to do a provisioning job, by kind and result.");

    /// <summary>Shows every series from the start: a rate needs the zero before the first attempt.</summary>
    public static void Begin()
    {
        foreach (var kind in Enum.GetValues<JobKind>())
            foreach (var result in (string[])["done", "refused", "unavailable"]) Count(kind, result, 0);
    }

    public static void Count(JobOutcome outcome) =>
        Count(outcome.Job.Kind, outcome.Error is null ? "done" : outcome.Refused ? "refused" : "unavailable", 1);

    /// <summary>Makes the attempt a span, without the name of an account and without the server's words, which may have one.</summary>
    public static async Task<JobOutcome> TraceAsync(ProvisioningJob job, Func<Task<JobOutcome>> attempt)
    {
        using var span = MailAdminTelemetry.Activities.StartActivity($"job {Label.Of(job.Kind)}");
        span?.SetTag("mailadmin.job.id", job.Id).SetTag("mailadmin.job.attempts", job.Attempts);
        var outcome = await attempt();
        span?.SetStatus(outcome.Error is null ? ActivityStatusCode.Ok : ActivityStatusCode.Error);
        return outcome;
    }

    private static void Count(JobKind kind, string result, long number) =>
        Attempts.Add(number, new("kind", Label.Of(kind)), new("result", result));
}
