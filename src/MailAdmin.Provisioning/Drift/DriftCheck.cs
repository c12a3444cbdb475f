using MailAdmin.Core.Drift;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Provisioning.Postfix;
using MailAdmin.Provisioning.Servers;
using MailAdmin.Provisioning.Sieve;

namespace MailAdmin.Provisioning.Drift;

/// <summary>
/// Compares the database with the servers, one run at a time over all nodes, and saves its findings as it goes. It changes nothing.
/// </summary>
/// <param name="maps">Null if this process keeps no maps: then another host compares its own.</param>
internal sealed class DriftCheck(
    DriftRepository repository, DriftAccounts accounts, MailboxComparer mailboxes, ScriptComparer scripts, MapComparer? maps = null)
    : IDriftCheck
{
    public bool IsThere => true;

    public async Task<DriftRun?> RunAsync(
        TimeSpan? onlyWhenDue, Action<IReadOnlyList<DriftFinding>, long, long>? tell, CancellationToken cancellationToken)
    {
        if (onlyWhenDue is { } every && !await repository.IsDueAsync(every, cancellationToken)) return null;
        if (await repository.BeginAsync(onlyWhenDue, cancellationToken) is not { } run) return null;
        try
        {
            await CompareAsync(run, tell, cancellationToken);
            await repository.SaveAsync(run.Id, [], r => (r.Phase, r.FinishedAt) = (DriftPhase.Finished, r.SeenAt), cancellationToken);
        }
        catch (Exception fault) when (
            fault is ServerUnavailableException or CyrusRefusedException or PostmapException or OperationCanceledException)
        {
            // Also when the run is stopped: the page has to say that it ended.
            await repository.SaveAsync(
                run.Id, [], r => (r.Phase, r.FinishedAt, r.Error) = (DriftPhase.Failed, r.SeenAt, fault.Message), CancellationToken.None);
            cancellationToken.ThrowIfCancellationRequested();
        }
        return await repository.LatestAsync(CancellationToken.None);
    }

    private async Task CompareAsync(
        DriftRun run, Action<IReadOnlyList<DriftFinding>, long, long>? tell, CancellationToken cancellationToken)
    {
        var total = await accounts.CountAsync(cancellationToken);
        await repository.SaveAsync(run.Id, [], r => (r.Total, r.Host) = (total, maps?.Host), cancellationToken);
        var withScripts = await mailboxes.CompareAsync((found, done) => KeepAsync(found, done, DriftPhase.Mailboxes), cancellationToken);
        await scripts.CompareAsync(withScripts, found => KeepAsync(found, total, DriftPhase.Scripts), cancellationToken);
        if (maps is not null) await maps.CompareAsync(found => KeepAsync(found, total, DriftPhase.Maps), cancellationToken);

        Task KeepAsync(IReadOnlyList<DriftFinding> found, long done, DriftPhase phase)
        {
            foreach (var finding in found) finding.RunId = run.Id;
            tell?.Invoke(found, done, total);
            return repository.SaveAsync(run.Id, found, r => (r.Phase, r.Done) = (phase, done), cancellationToken);
        }
    }
}
