using System.Threading.Channels;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Data;
using MailAdmin.Core.Outbox;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Provisioning.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning.Worker;

/// <summary>
/// Claims due jobs from the outbox, runs a few at a time, and records their outcomes in batches: the outcome of a single job is recorded
/// immediately, those of many jobs share a transaction. One failure never stops the next job.
/// </summary>
internal sealed class WorkerHostedService(
    OutboxRepository outbox, JobRunner jobs, AccountService accounts, ChangeSignals signals, TimeProvider clock, CyrusOptions cyrus,
    ILogger<WorkerHostedService> logger) : BackgroundService, IWatchedLoop
{
    // Longer than a job takes. If a job takes longer, another worker runs it too, which does no harm: jobs are idempotent.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    // How late a change that another process commits is noticed.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // The number of jobs that are claimed together. At most as many more wait in memory; then the next claim waits.
    private const int Claimed = 64;

    // The most new mailboxes that one runner makes together.
    private const int MaxBatch = 8;

    // The longest time that outcomes are collected for one transaction while other jobs run; with no job running they are recorded
    // immediately. A transaction costs as much as several jobs, however few outcomes it has, and it causes a round of the follower as
    // well.
    private static readonly TimeSpan BatchWindow = TimeSpan.FromMilliseconds(400);

    private readonly WorkerName _name = WorkerName.Own();
    private readonly Channel<ProvisioningJob> _queue = Channel.CreateBounded<ProvisioningJob>(Claimed);
    private readonly Channel<JobOutcome> _outcomes = Channel.CreateUnbounded<JobOutcome>();
    private readonly ClockStabilityMonitor _steady = new(clock);
    private readonly ResilientLoop _claiming = new("Claiming provisioning jobs", clock, logger);
    private bool _hasReleased;
    private int _unavailable;
    private int _running;

    string IWatchedLoop.Name => "worker";

    bool IWatchedLoop.IsWorking => _claiming.Failures == 0;

    TimeSpan IWatchedLoop.Silence => _claiming.Silence;

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        JobMetrics.Begin();
        var runners = Enumerable.Range(0, cyrus.Connections)
            .Select(_ => Loop("Running provisioning jobs").RunAsync(RunAsync, stoppingToken));
        return Task.WhenAll(
            [
                .. runners,
                _claiming.RunAsync(ClaimAsync, stoppingToken),
                Loop("Recording what provisioning jobs came to").RunAsync(RecordAsync, stoppingToken),
                Loop("Purging deleted accounts").RunAsync(PurgeAsync, stoppingToken),
            ]);
    }

    private ResilientLoop Loop(string work) => new(work, clock, logger);

    private async Task ClaimAsync(CancellationToken stoppingToken)
    {
        if (!_hasReleased) await outbox.ReleaseAsync(_name.IsDead, stoppingToken);
        _hasReleased = true;
        var next = signals.Outbox.Next;
        // While Cyrus is unavailable, one job at a time tries it; the others wait in the outbox.
        var claimed = await outbox.ClaimAsync(_name.Value, _unavailable > 0 ? 1 : Claimed, Lease, stoppingToken);
        foreach (var job in claimed) await _queue.Writer.WriteAsync(job, stoppingToken);
        if (claimed.Count == 0) await Waiting.ForAsync(next, await PauseAsync(stoppingToken), stoppingToken);
        else if (_unavailable > 0)
            await Waiting.ForAsync(signals.Progress.Next, RetrySchedule.Pause(_unavailable, refused: false), stoppingToken);
    }

    private async Task<TimeSpan> PauseAsync(CancellationToken stoppingToken)
    {
        var due = await outbox.NextDueAsync(stoppingToken) - clock.GetUtcNow();
        return due is { } pause && pause < Interval ? TimeSpan.FromMilliseconds(Math.Max(10, pause.TotalMilliseconds)) : Interval;
    }

    private async Task RunAsync(CancellationToken stoppingToken)
    {
        if (await _queue.Reader.WaitToReadAsync(stoppingToken)) await RunAsync(Take(), stoppingToken);
    }

    // Takes a fair share of the jobs that go together, or one job of any other kind. Empty if another runner was quicker.
    private List<ProvisioningJob> Take()
    {
        var share = Math.Clamp(_queue.Reader.Count / cyrus.Connections, 1, MaxBatch);
        var taken = new List<ProvisioningJob>();
        while (taken.Count < share && _queue.Reader.TryRead(out var job))
        {
            taken.Add(job);
            if (!JobRunner.GoesTogether(job) || !_queue.Reader.TryPeek(out var next) || !JobRunner.GoesTogether(next)) break;
        }
        return taken;
    }

    private async Task RunAsync(List<ProvisioningJob> together, CancellationToken stoppingToken)
    {
        var left = together.Count;
        Interlocked.Add(ref _running, left);
        try
        {
            await foreach (var outcome in jobs.RunAsync(together, stoppingToken))
            {
                // Decrement before writing: the recorder must not wait for an outcome that it already has.
                Interlocked.Decrement(ref _running);
                left--;
                JobMetrics.Count(outcome);
                await _outcomes.Writer.WriteAsync(outcome, stoppingToken);
            }
        }
        finally
        {
            Interlocked.Add(ref _running, -left);
        }
    }

    private async Task RecordAsync(CancellationToken stoppingToken)
    {
        if (!await _outcomes.Reader.WaitToReadAsync(stoppingToken)) return;
        var batch = new List<JobOutcome>();
        await GatherAsync(batch, stoppingToken);
        await outbox.RecordAsync(batch, stoppingToken);
        await TrackAvailabilityAsync(batch, stoppingToken);
        signals.Progress.Raise();
    }

    private async Task GatherAsync(List<JobOutcome> batch, CancellationToken stoppingToken)
    {
        using var over = new CancellationTokenSource();
        var pause = Task.Delay(BatchWindow, over.Token);
        do
        {
            while (_outcomes.Reader.TryRead(out var outcome)) batch.Add(outcome);
            if (Volatile.Read(ref _running) == 0 && _queue.Reader.Count == 0) break;
        }
        while (await Task.WhenAny(pause, _outcomes.Reader.WaitToReadAsync(stoppingToken).AsTask()) != pause);
        await over.CancelAsync();
    }

    private async Task TrackAvailabilityAsync(List<JobOutcome> batch, CancellationToken stoppingToken)
    {
        foreach (var outcome in batch.Where(o => o.Error is not null))
            logger.JobDeferred(outcome.Job.Kind, outcome.Job.SubjectId, outcome.Error!);
        // A step of a domain's deletion says nothing about Cyrus, and ManageSieve may be unavailable while IMAP answers.
        var asked = batch.Where(o => o.Job.Kind is not (JobKind.DomainRemoval or JobKind.DomainNames or JobKind.Import or JobKind.Script
            or JobKind.ScriptAside)).ToList();
        if (asked.Count == 0) return;
        var wasUnavailable = _unavailable > 0;
        _unavailable = asked.All(o => o is { Error: not null, Refused: false }) ? _unavailable + 1 : 0;
        if (!wasUnavailable || _unavailable > 0) return;
        await outbox.RetryDeferredAsync(stoppingToken);
        signals.Outbox.Raise();
    }

    // Purging a mailbox cannot be undone: a clock that jumped ahead must not cause it.
    private async Task<TimeSpan> PurgeAsync(CancellationToken stoppingToken)
    {
        if (_steady.IsStable()) await accounts.PurgeDueAsync(stoppingToken);
        await outbox.SetClockRightAsync(stoppingToken);
        return TimeSpan.FromMinutes(1);
    }
}
