using System.Diagnostics.Metrics;
using MailAdmin.Core.Drift;
using MailAdmin.Core.Telemetry;
using MailAdmin.Provisioning.Hosting;
using MailAdmin.Provisioning.Postfix;

namespace MailAdmin.Provisioning.Telemetry;

/// <summary>Publishes the latest <see cref="PanelState"/>, and what else this process keeps about the servers.</summary>
internal sealed class StateGauges
{
    private readonly TimeProvider _clock;
    private readonly MailDelivery _delivery;
    private readonly CertificateDates _certificates;
    private readonly IReadOnlyList<IWatchedLoop> _loops;
    private volatile PanelState? _state;

    public StateGauges(
        IMeterFactory meters, TimeProvider clock, MailDelivery delivery, CertificateDates certificates, IEnumerable<IWatchedLoop> loops)
    {
        (_clock, _delivery, _certificates, _loops) = (clock, delivery, certificates, [.. loops]);
        var meter = meters.Create(MailAdminTelemetry.Name);
        CreateJobs(meter);
        CreateDelivery(meter);
        CreateMachine(meter);
    }

    /// <summary>Publishes this state until the next one comes.</summary>
    public void Show(PanelState state) => _state = state;

    private void CreateJobs(Meter meter)
    {
        meter.CreateObservableGauge("mailadmin.provisioning.jobs", Jobs, "{job}", "Provisioning jobs that are not done, by state.");
        meter.CreateObservableGauge(
            "mailadmin.provisioning.oldest_job.age", () => Of(s => Age(s.Jobs.OldestAt) ?? 0), "s",
            "Age of the oldest provisioning job that is not done; 0 if there is none.");
        meter.CreateObservableGauge(
            "mailadmin.drift.findings", Findings, "{difference}", "Differences of the last comparison that are not repaired, by kind.");
        meter.CreateObservableGauge(
            "mailadmin.drift.age", () => Of(s => Age(s.Drift?.At)), "s", "Time since the last comparison with the servers was finished.");
        meter.CreateObservableGauge(
            "mailadmin.background.silence", () => _loops.Select(l => Value(l.Silence.TotalSeconds, "loop", l.Name)), "s",
            "Time since the last turn of a background loop.");
    }

    private void CreateDelivery(Meter meter)
    {
        meter.CreateObservableGauge(
            "mailadmin.maps.lag", () => All(s => s.Maps.Select(m => Value(Age(m.Since) ?? 0, "host", m.Host))), "s",
            "Age of the oldest change that is missing from the maps of a mail host; 0 if none is.");
        meter.CreateObservableGauge(
            "mailadmin.maps.pending_changes", () => All(s => s.Maps.Select(m => Value((double)m.Changes, "host", m.Host))), "{change}",
            "Changes since the last one that is known to be in the maps of a mail host.");
        meter.CreateObservableGauge(
            "mailadmin.store.unavailable", () => Age(_delivery.Store?.Since) ?? 0, "s",
            "Time for which the mail store has taken no mail, or the oldest message has waited for it; 0 if all is well.");
        meter.CreateObservableGauge(
            "mailadmin.queue.messages", Queue, "{message}", "Messages in this host's Postfix queue that wait for mailboxes, by reason.");
        meter.CreateObservableGauge(
            "mailadmin.senders.stopped", () => Of(s => (double?)s.StoppedSenders), "{account}",
            "Accounts that have reached a sending limit and have to wait.");
    }

    private void CreateMachine(Meter meter)
    {
        meter.CreateObservableGauge(
            "mailadmin.certificate.remaining",
            () => _certificates.Ends.Select(c => Value((c.Value - _clock.GetUtcNow()).TotalDays, "place", c.Key)), "d",
            "Days until a certificate ends; negative afterwards.");
        meter.CreateObservableGauge(
            "mailadmin.disk.free", () => All(s => s.FreeDisk.Select(f => Value((double)f.Value, "of", f.Key))), "By",
            "Free space on the disk of the database and of the maps.");
        meter.CreateObservableGauge(
            "mailadmin.database.size", () => All(s => s.DatabaseFiles.Select(f => Value((double)f.Value, "file", f.Key))), "By",
            "Size of the database's files.");
        meter.CreateObservableGauge(
            "mailadmin.state.age", () => Of(s => Age(s.At)), "s", "Time since the figures of these gauges were read from the database.");
    }

    private IEnumerable<Measurement<double>> Jobs() => All(s => (Measurement<double>[])
    [
        Value(s.Jobs.Pending, "state", "pending"), Value(s.Jobs.Running, "state", "running"), Value(s.Jobs.Failed, "state", "failed"),
    ]);

    // Kinds without a difference as well: otherwise a repaired one would stay until Prometheus forgets its series.
    private IEnumerable<Measurement<double>> Findings() => All(s => s.Drift is not { } drift ? [] : Enum.GetValues<DriftKind>()
        .Select(kind => Value(drift.Findings.FirstOrDefault(f => f.Kind == kind)?.Count ?? 0, "kind", Label.Of(kind))));

    private IEnumerable<Measurement<double>> Queue() => Enum.GetValues<WaitingReason>()
        .Select(reason => Value(_delivery.Waiting.CountOf(reason), "reason", Label.Of(reason)));

    private IEnumerable<Measurement<double>> Of(Func<PanelState, double?> read) =>
        _state is { } state && read(state) is { } value ? [new(value)] : [];

    private IEnumerable<Measurement<double>> All(Func<PanelState, IEnumerable<Measurement<double>>> read) =>
        _state is { } state ? read(state) : [];

    // If the clock was set back, the age would be negative.
    private double? Age(DateTimeOffset? since) => since is { } at ? Math.Max(0, (_clock.GetUtcNow() - at).TotalSeconds) : null;

    private static Measurement<double> Value(double value, string label, string labelled) =>
        new(value, new KeyValuePair<string, object?>(label, labelled));
}
