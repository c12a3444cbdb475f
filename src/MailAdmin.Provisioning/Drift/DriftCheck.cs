using MailAdmin.Core.Drift;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Provisioning.Postfix;
using MailAdmin.Provisioning.Servers;
using MailAdmin.Provisioning.Sieve;
using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Provisioning.Drift;

/// <summary>
/// Compares the database with the servers, one run at a time over all nodes, and saves its findings as it goes. It changes nothing.
/// </summary>
public sealed class DriftCheck
{
    private readonly DriftRepository _repository;
    private readonly DriftAccounts _accounts;
    private readonly MailboxComparer _mailboxes;
    private readonly ScriptComparer _scripts;
    private readonly MapComparer? _maps;

    internal DriftCheck(
        DriftRepository repository, DriftAccounts accounts, MailboxComparer mailboxes, ScriptComparer scripts, MapComparer? maps) =>
        (_repository, _accounts, _mailboxes, _scripts, _maps) = (repository, accounts, mailboxes, scripts, maps);

    // This process may keep no maps: then another host does.
    internal static DriftCheck Of(IServiceProvider services) => new(
        services.GetRequiredService<DriftRepository>(), services.GetRequiredService<DriftAccounts>(),
        services.GetRequiredService<MailboxComparer>(),
        services.GetRequiredService<ScriptComparer>(), services.GetService<MapComparer>());

    /// <summary>Runs a comparison. Null if another node is running one, or none is due.</summary>
    /// <param name="onlyWhenDue">Run only if one was requested, or the last one began at least this long ago; null runs always.</param>
    /// <param name="tell">Gets new findings as they are found, how many accounts have been compared, and their total.</param>
    /// <param name="cancellationToken">Stops the run, which then counts as failed.</param>
    public async Task<DriftRun?> RunAsync(
        TimeSpan? onlyWhenDue, Action<IReadOnlyList<DriftFinding>, long, long>? tell, CancellationToken cancellationToken)
    {
        if (onlyWhenDue is { } every && !await _repository.IsDueAsync(every, cancellationToken)) return null;
        if (await _repository.BeginAsync(onlyWhenDue, cancellationToken) is not { } run) return null;
        try
        {
            await CompareAsync(run, tell, cancellationToken);
            await _repository.SaveAsync(run.Id, [], r => (r.Phase, r.FinishedAt) = (DriftPhase.Finished, r.SeenAt));
        }
        catch (Exception fault) when (
            fault is ServerUnavailableException or CyrusRefusedException or PostmapException or OperationCanceledException)
        {
            await _repository.SaveAsync(run.Id, [], r => (r.Phase, r.FinishedAt, r.Error) = (DriftPhase.Failed, r.SeenAt, fault.Message));
            cancellationToken.ThrowIfCancellationRequested();
        }
        return await _repository.LatestAsync(CancellationToken.None);
    }

    private async Task CompareAsync(
        DriftRun run, Action<IReadOnlyList<DriftFinding>, long, long>? tell, CancellationToken cancellationToken)
    {
        var total = await _accounts.CountAsync(cancellationToken);
        await _repository.SaveAsync(run.Id, [], r => (r.Total, r.Host) = (total, _maps?.Host));
        var withScripts = await _mailboxes.CompareAsync((found, done) => KeepAsync(found, done, DriftPhase.Mailboxes), cancellationToken);
        await _scripts.CompareAsync(withScripts, found => KeepAsync(found, total, DriftPhase.Scripts), cancellationToken);
        if (_maps is not null) await _maps.CompareAsync(found => KeepAsync(found, total, DriftPhase.Maps), cancellationToken);

        Task KeepAsync(IReadOnlyList<DriftFinding> found, long done, DriftPhase phase)
        {
            foreach (var finding in found) finding.RunId = run.Id;
            tell?.Invoke(found, done, total);
            return _repository.SaveAsync(run.Id, found, r => (r.Phase, r.Done) = (phase, done));
        }
    }
}
