using MailAdmin.Core.Drift;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Routing;

namespace MailAdmin.Provisioning.Telemetry;

/// <summary>What the gauges tell, as of one reading: a scrape asks neither the database nor a server.</summary>
/// <param name="At">When it was read.</param>
/// <param name="StoppedSenders">Accounts that have reached a sending limit.</param>
internal sealed record PanelState(DateTimeOffset At, JobCounts Jobs, int StoppedSenders)
{
    public IReadOnlyList<MapLag> Maps { get; init; } = [];

    /// <summary>The latest comparison that is finished; null before the first.</summary>
    public Comparison? Drift { get; init; }

    /// <summary>Free octets on the disk, by what is on it.</summary>
    public IReadOnlyDictionary<string, long> FreeDisk { get; init; } = new Dictionary<string, long>(StringComparer.Ordinal);

    /// <summary>Octets of the database's files.</summary>
    public IReadOnlyDictionary<string, long> DatabaseFiles { get; init; } = new Dictionary<string, long>(StringComparer.Ordinal);

    /// <param name="Findings">The differences of each kind that are not repaired; a kind without any is left out.</param>
    internal sealed record Comparison(DateTimeOffset At, IReadOnlyList<DriftCount> Findings);
}
