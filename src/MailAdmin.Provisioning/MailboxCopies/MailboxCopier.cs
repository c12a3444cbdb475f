using System.Net.Sockets;
using MailAdmin.Core.MailboxCopies;
using MailAdmin.Provisioning.Cyrus;
using MailKit;

namespace MailAdmin.Provisioning.MailboxCopies;

/// <summary>Copies one mailbox from another server, folder by folder, and records what it does.</summary>
internal sealed class MailboxCopier(
    SourceConnector connector, CyrusOptions cyrus, MailboxCopyJournal journal, MailboxCopyOptions options, TimeProvider time)
{
    /// <summary>
    /// Copies what is not here yet. Messages and folders that one of the servers refuses are recorded, and the rest goes on.
    /// </summary>
    /// <exception cref="CopyException">The copy can't go on.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; everything that is here is recorded.</exception>
    public async Task RunAsync(CopyAttempt attempt, CancellationToken cancellationToken)
    {
        if (attempt.Source is not { } settings) throw new CopyException(CopyFailure.SecretLost);
        using var target = await TargetMailbox.OpenAsync(cyrus, attempt.Mailbox, options.Timeout, cancellationToken);
        using var source = await connector.OpenAsync(settings, cancellationToken);
        try
        {
            var pace = new CopyPace(options.OctetsPerSecond, time);
            await RunAsync(attempt, new CopyRun(attempt, source, target, journal, pace, time), cancellationToken);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or ImapRefusal
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new CopyException(target.Wire.IsBroken ? CopyFailure.TargetLost : CopyFailure.SourceLost, e.Message, e);
        }
    }

    private async Task RunAsync(CopyAttempt attempt, CopyRun run, CancellationToken cancellationToken)
    {
        var rows = (await journal.FoldersAsync(attempt.CopyId, cancellationToken)).ToDictionary(f => f.Source, StringComparer.Ordinal);
        var all = await SourceFolders.ListAsync(run.Source);
        var names = new FolderNames(
            run.Target.Folders, run.Target.Separator, rows.ToDictionary(r => r.Key, r => r.Value.Target, StringComparer.Ordinal));
        foreach (var seen in all.Where(f => f.IsVirtual)) run.Tell(seen, CopyProblemKind.FolderVirtual, null);
        var folders = all.Where(f => !f.IsVirtual).ToList();
        foreach (var folder in folders) run.Count(folder, folder.Messages, folder.Octets, 0, 0);
        await run.SaveAsync(null, null, now: true, cancellationToken);
        foreach (var folder in folders)
        {
            try
            {
                var use = FolderNames.UseOf(folder, folders);
                var row = rows.GetValueOrDefault(folder.Raw) ?? new() { CopyId = attempt.CopyId, Source = folder.Raw, Target = "" };
                if (await EnsureAsync(run, names, folder, row, use)) await new FolderCopy(run, folder, row).RunAsync(cancellationToken);
            }
            catch (ImapRefusal refusal)
            {
                run.Tell(folder, CopyProblemKind.FolderRefused, refusal.ResponseText);
            }
        }
        await run.SaveAsync(null, null, now: true, cancellationToken);
    }

    /// <returns>False if the user has deleted or renamed the folder here since the last run.</returns>
    /// <exception cref="ImapRefusal">The folder can't be made here.</exception>
    private static async Task<bool> EnsureAsync(
        CopyRun run, FolderNames names, SourceFolder folder, MailboxCopyFolder row, SpecialFolder? use)
    {
        var isNew = row.Id == 0;
        row.Target = names.Of(folder, use);
        if (!isNew && !run.Target.Folders.ContainsKey(row.Target))
        {
            run.Tell(folder, CopyProblemKind.FolderGone, row.Target);
            return false;
        }
        if (!run.Target.Folders.ContainsKey(row.Target) && await run.Target.CreateAsync(row.Target, use) is { } words)
        {
            row.Target = names.Simpler(folder, row.Target);
            if (!run.Target.Folders.ContainsKey(row.Target) && await run.Target.CreateAsync(row.Target, use) is not null)
                throw new ImapRefusal($"NO {words}");
        }
        // Only once: the user may leave a folder here later.
        if (isNew && folder.IsSubscribed) await run.Target.SubscribeAsync(row.Target);
        if (isNew && FolderNames.Told(folder, row.Target, use) is { } kind) run.Tell(folder, kind, row.Target);
        return true;
    }
}
