using System.Diagnostics;
using System.Diagnostics.Metrics;
using MailAdmin.Core.Telemetry;

namespace MailAdmin.Core.Data;

/// <summary>How long writers of this process wait for their turn.</summary>
internal static class WriteMetrics
{
    private static readonly Histogram<double> Wait = MailAdminTelemetry.Meter.CreateHistogram(
        "mailadmin.database.write.wait", "s", "Time that transactions waited for their turn to write.", tags: null,
        MailAdminTelemetry.Durations);

    /// <param name="kind"><c>write</c> or <c>dry_run</c>.</param>
    /// <param name="enter">Waits for the turn.</param>
    public static async Task<IDisposable> MeasureAsync(string kind, Func<Task<IDisposable>> enter)
    {
        if (!Wait.Enabled) return await enter();
        var started = Stopwatch.GetTimestamp();
        var turn = await enter();
        Wait.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("kind", kind));
        return turn;
    }
}
