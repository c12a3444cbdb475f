using System.Diagnostics;
using System.Diagnostics.Metrics;
using MailAdmin.Core.Telemetry;

namespace MailAdmin.Provisioning.Servers;

/// <summary>
/// Measures the exchanges with Cyrus, and makes each a span of its trace. An exchange is one command with its answer, or several commands
/// that were sent together.
/// </summary>
internal static class ServerMetrics
{
    public const string Imap = "imap";
    public const string ManageSieve = "managesieve";

    private static readonly Histogram<double> Duration = MailAdminTelemetry.Meter.CreateHistogram(
        "mailadmin.cyrus.exchange.duration", "s", "Duration of exchanges with Cyrus.", tags: null, MailAdminTelemetry.Durations);

    /// <param name="protocol">One of the constants.</param>
    /// <param name="operation">What the exchange is for: a constant or a name of an enumeration, never a name of a mailbox.</param>
    /// <param name="exchange">The exchange, whose exceptions are passed on.</param>
    public static async Task<T> MeasureAsync<T>(string protocol, string operation, Func<Task<T>> exchange)
    {
        using var span = MailAdminTelemetry.Activities.StartActivity($"{protocol} {operation}", ActivityKind.Client);
        var (started, result) = (Stopwatch.GetTimestamp(), "cancelled");
        try
        {
            var answer = await exchange();
            result = "ok";
            return answer;
        }
        catch (ServerRefusedException)
        {
            result = "refused";
            throw;
        }
        catch (ServerUnavailableException)
        {
            result = "unavailable";
            throw;
        }
        finally
        {
            if (result != "ok") span?.SetStatus(ActivityStatusCode.Error, result);
            Duration.Record(
                Stopwatch.GetElapsedTime(started).TotalSeconds,
                new("protocol", protocol), new("operation", operation), new("result", result));
        }
    }
}
