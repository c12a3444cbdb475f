using MailAdmin.Core.Admins;
using MailAdmin.Core.Drift;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Routing;
using MailAdmin.Core.Sending;
using MailAdmin.Provisioning.Doctor;
using MailAdmin.Provisioning.Postfix;

namespace MailAdmin.Provisioning.Telemetry;

/// <summary>Reads the state of the panel for its gauges: a few small queries, whatever the number of accounts.</summary>
/// <param name="maps">Null if this process keeps no maps.</param>
internal sealed class StateReader(
    JobRepository jobs, SendingRepository sending, MapRepository rows, DriftRepository drift, DoctorOptions options, TimeProvider clock,
    MapOptions? maps = null)
{
    public async Task<PanelState> ReadAsync(CancellationToken cancellationToken) => new(
        clock.GetUtcNow(), await jobs.CountAsync(Actor.Panel, cancellationToken), await sending.CountStoppedAsync(cancellationToken))
    {
        Maps = await rows.LagAsync(cancellationToken),
        Drift = await DriftAsync(cancellationToken),
        FreeDisk = FreeDisk(),
        DatabaseFiles = DatabaseFiles(),
    };

    // While a comparison runs, the findings before it are gone and its own are incomplete.
    private async Task<PanelState.Comparison?> DriftAsync(CancellationToken cancellationToken) =>
        await drift.LatestAsync(cancellationToken) is { Phase: DriftPhase.Finished, FinishedAt: { } at } run
            ? new(at, await drift.CountAsync(run.Id, cancellationToken)) : null;

    private Dictionary<string, long> FreeDisk()
    {
        (string Name, string? Folder)[] places =
            [("database", Path.GetDirectoryName(Path.GetFullPath(options.Database))), ("maps", maps?.Folder)];
        return places.Where(p => Directory.Exists(p.Folder))
            .ToDictionary(p => p.Name, p => new DriveInfo(p.Folder!).AvailableFreeSpace, StringComparer.Ordinal);
    }

    private Dictionary<string, long> DatabaseFiles()
    {
        (string Name, FileInfo File)[] files = [("main", new(options.Database)), ("wal", new(options.Database + "-wal"))];
        return files.Where(f => f.File.Exists).ToDictionary(f => f.Name, f => f.File.Length, StringComparer.Ordinal);
    }
}
