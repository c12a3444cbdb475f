using System.Collections.Concurrent;
using MailAdmin.Core.MailboxCopies;
using MailAdmin.Provisioning.Hosting;
using MailAdmin.Provisioning.Worker;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning.MailboxCopies;

/// <summary>
/// Carries out the copies that are due, a few at a time. It looks at the database every second: whoever pauses or cancels a copy, on a page
/// or by a command, only changes its row.
/// </summary>
internal sealed class MailboxCopiesHostedService(
    MailboxCopyJournal journal, MailboxCopier copier, MailboxCopyOptions options, TimeProvider time,
    ILogger<MailboxCopiesHostedService> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // A node that dies loses its copies after that; one that stops gives them back.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    // After that many failures without a message in between, somebody has to look.
    private const int MaxAttempts = 20;

    // After a lost connection, Cyrus may still be at work on the last command.
    private static readonly TimeSpan LeastPause = TimeSpan.FromSeconds(10);

    private readonly string _node = WorkerName.Own().Value;
    private readonly ConcurrentDictionary<long, (CancellationTokenSource Stop, Task Work)> _running = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await new ResilientLoop("Copying mailboxes", time, logger).EveryAsync(
            Interval, token => TurnAsync(token, stoppingToken), stoppingToken);
        await Task.WhenAll(_running.Values.Select(r => r.Work)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task TurnAsync(CancellationToken cancellationToken, CancellationToken stoppingToken)
    {
        foreach (var (id, run) in _running.Where(r => r.Value.Work.IsCompleted))
        {
            _running.TryRemove(id, out _);
            run.Stop.Dispose();
        }
        if (!_running.IsEmpty)
        {
            var kept = await journal.KeepAsync(_node, [.. _running.Keys], Lease, cancellationToken);
            foreach (var (_, run) in _running.Where(r => !kept.Contains(r.Key))) await run.Stop.CancelAsync();
        }
        var room = options.Parallel - _running.Count;
        if (room <= 0) return;
        foreach (var attempt in await journal.ClaimAsync(_node, room, options.ConnectionsPerHost, Lease, cancellationToken))
        {
            var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            _running[attempt.CopyId] = (stop, Task.Run(() => RunAsync(attempt, stop.Token), CancellationToken.None));
        }
    }

    private async Task RunAsync(CopyAttempt attempt, CancellationToken stop)
    {
        var (id, name) = (attempt.CopyId, attempt.Mailbox.Username.Value);
        try
        {
            await copier.RunAsync(attempt, stop);
            await journal.FinishAsync(id, CancellationToken.None);
            logger.CopyFinished(id, name);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Paused, cancelled, or the panel stops.
        }
        catch (CopyException wrong)
        {
            logger.CopyFailed(wrong, id, name, wrong.Failure, wrong.ResponseText);
            await FailAsync(attempt, wrong.Failure, wrong.ResponseText, wrong.IsPassing && attempt.Attempts + 1 < MaxAttempts);
        }
        catch (Exception fault)
        {
            logger.CopyBroke(fault, id, name);
            await FailAsync(attempt, CopyFailure.SourceLost, null, attempt.Attempts + 1 < MaxAttempts);
        }
        finally
        {
            await journal.LeaveAsync(id, _node, CancellationToken.None);
        }
    }

    private Task FailAsync(CopyAttempt attempt, CopyFailure failure, string? words, bool again)
    {
        var pause = RetrySchedule.Pause(attempt.Attempts + 1, refused: false);
        return journal.FailAsync(
            attempt.CopyId, failure, words, again ? time.GetUtcNow() + (pause > LeastPause ? pause : LeastPause) : null,
            CancellationToken.None);
    }
}
