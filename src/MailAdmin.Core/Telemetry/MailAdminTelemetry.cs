using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace MailAdmin.Core.Telemetry;

/// <summary>
/// The source of all metrics and traces of this product. Nothing listens to it unless the settings ask for metrics or traces; an instrument
/// or a span without a listener costs a few nanoseconds.
/// </summary>
public static class MailAdminTelemetry
{
    /// <summary>The name under which listeners find both sources.</summary>
    public const string Name = "MailAdmin";

    public static readonly Meter Meter = new(Name);

    public static readonly ActivitySource Activities = new(Name);

    /// <summary>Buckets from a millisecond to half a minute, in seconds: what waits for a database or another server needs.</summary>
    public static readonly InstrumentAdvice<double> Durations = new()
    {
        HistogramBucketBoundaries = [0.001, 0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    };
}
