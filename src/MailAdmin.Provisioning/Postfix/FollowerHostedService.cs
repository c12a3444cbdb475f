using MailAdmin.Core.Data;
using MailAdmin.Core.Routing;
using MailAdmin.Provisioning.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning.Postfix;

/// <summary>Runs the follower: immediately when this process commits rows, and every interval for rows of other processes.</summary>
internal sealed class FollowerHostedService(
    Follower follower, MapRepository repository, ChangeSignals signals, MapOptions options, TimeProvider time,
    ILogger<FollowerHostedService> logger) : BackgroundService, IWatchedLoop
{
    // The first rounds run immediately. In bulk, the next ones collect rows first: a round costs several processes, however few its rows.
    private const int PromptRounds = 2;
    private static readonly TimeSpan BatchWindow = TimeSpan.FromMilliseconds(100);

    // A new address is first held, and opened when its mailbox exists. Most often that is so soon that one round covers both. A round of
    // its own for the first would slow down Cyrus, and the second would have to wait for its end.
    private static readonly TimeSpan Mailbox = TimeSpan.FromMilliseconds(50);

    // After this time without changes, work that is not urgent runs.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(100);

    private readonly ResilientLoop _loop = new($"Updating the maps of {options.Host}", time, logger);
    private int _inARow;
    private long? _noted;

    string IWatchedLoop.Name => "follower";

    bool IWatchedLoop.IsWorking => follower.Position is not null;

    TimeSpan IWatchedLoop.Silence => _loop.Silence;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var (news, ahead) = (signals.Maps.Next, signals.MapsAheadOfMailbox.Next);
            var either = Task.WhenAny(news, ahead);
            var applied = await GuardAsync(CatchUpAsync, stoppingToken);
            _inARow = applied ? _inARow + 1 : 0;
            if (_inARow > PromptRounds) await Task.WhenAny(Task.Delay(BatchWindow, stoppingToken));
            if (applied) continue;
            if (_loop.Failures == 0) await Waiting.ForAsync(either, Quiet, stoppingToken);
            if (_loop.Failures == 0 && !either.IsCompleted) await GuardAsync(token => SettleAsync(either, token), stoppingToken);
            var pause = _loop.Failures > 0 ? RetrySchedule.Pause(_loop.Failures, refused: false) : options.Interval;
            await Waiting.ForAsync(either, pause, stoppingToken);
            if (ahead.IsCompleted) await Waiting.ForAsync(news, Mailbox, stoppingToken);
        }
    }

    private async Task<bool> CatchUpAsync(CancellationToken cancellationToken)
    {
        var applied = await follower.CatchUpAsync(cancellationToken);
        if (applied) signals.Progress.Raise();
        return applied;
    }

    // Failures are shown on the page Provisioning too.
    private async Task<bool> GuardAsync(Func<CancellationToken, Task<bool>> work, CancellationToken stoppingToken)
    {
        var done = false;
        await _loop.TryAsync(async token =>
        {
            try
            {
                done = await work(token);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                await SaveFailureAsync(e, token);
                throw;
            }
        }, stoppingToken);
        return done;
    }

    private async Task<bool> SettleAsync(Task news, CancellationToken cancellationToken)
    {
        var position = await follower.SettleAsync(cancellationToken, news);
        if (position is null || position == _noted) return false;
        await repository.SavePositionAsync(options.Host, position, null, cancellationToken);
        _noted = position;
        return true;
    }

    private async Task SaveFailureAsync(Exception failure, CancellationToken cancellationToken)
    {
        try
        {
            await repository.SavePositionAsync(options.Host, null, failure.Message, cancellationToken);
            _noted = null;
        }
        catch (Exception e) when (e is System.Data.Common.DbException or Microsoft.EntityFrameworkCore.DbUpdateException)
        {
            // The database is unavailable too; the log has the failure.
        }
    }
}
