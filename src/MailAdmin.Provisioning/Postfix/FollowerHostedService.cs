using MailAdmin.Core.Data;
using MailAdmin.Core.Routing;
using MailAdmin.Provisioning.Worker;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning.Postfix;

/// <summary>Runs the follower: at once when this process commits rows, and every interval for what others commit.</summary>
internal sealed class FollowerHostedService(
    Follower follower, MapRepository repository, ChangeSignals signals, MapOptions options, ILogger<FollowerHostedService> logger) : BackgroundService
{
    // Rounds at once. In bulk the next ones gather rows for a while: a round costs several processes, however few its rows.
    private const int PromptRounds = 2;
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(100);

    // A new address is to be held, and opened when its mailbox is there. That is most often so soon that both are one round; a round of its own
    // for the first would slow down Cyrus, and the second would have to wait for its end.
    private static readonly TimeSpan Mailbox = TimeSpan.FromMilliseconds(50);

    // Nothing came for so long: time for what is not urgent.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(100);

    private int _failures;
    private int _inARow;
    private long? _noted;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var (news, ahead) = (signals.Maps.Next, signals.MapsAheadOfMailbox.Next);
            var either = Task.WhenAny(news, ahead);
            var applied = await GuardAsync(() => CatchUpAsync(stoppingToken), stoppingToken);
            _inARow = applied ? _inARow + 1 : 0;
            if (_inARow > PromptRounds) await Task.WhenAny(Task.Delay(Gathering, stoppingToken));
            if (applied) continue;
            if (_failures == 0) await Waiting.ForAsync(either, Quiet, stoppingToken);
            if (_failures == 0 && !either.IsCompleted) await GuardAsync(() => SettleAsync(either, stoppingToken), stoppingToken);
            var pause = _failures > 0 ? RetrySchedule.Pause(_failures, refused: false) : options.Interval;
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

    private async Task<bool> GuardAsync(Func<Task<bool>> work, CancellationToken cancellationToken)
    {
        try
        {
            var done = await work();
            _failures = 0;
            return done;
        }
        catch (Exception e) when (e is PostmapException or IOException or UnauthorizedAccessException or InvalidDataException or System.Data.Common.DbException)
        {
            _failures++;
            logger.MapsFailed(e, options.Host, _failures);
            await NoteFailureAsync(e, cancellationToken);
            return false;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task<bool> SettleAsync(Task news, CancellationToken cancellationToken)
    {
        var position = await follower.SettleAsync(cancellationToken, news);
        if (position is null || position == _noted) return false;
        await repository.NotePositionAsync(options.Host, position, null, cancellationToken);
        _noted = position;
        return true;
    }

    private async Task NoteFailureAsync(Exception failure, CancellationToken cancellationToken)
    {
        try
        {
            await repository.NotePositionAsync(options.Host, null, failure.Message, cancellationToken);
            _noted = null;
        }
        catch (System.Data.Common.DbException e)
        {
            logger.MapsFailed(e, options.Host, _failures);
        }
    }
}
