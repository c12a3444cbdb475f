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
    private int _failures;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = signals.Maps.Next;
            var worked = await RoundAsync(stoppingToken);
            if (worked) continue;
            var pause = _failures > 0 ? RetrySchedule.Pause(_failures, refused: false) : options.Interval;
            await Waiting.ForAsync(next, pause, stoppingToken);
        }
    }

    private async Task<bool> RoundAsync(CancellationToken cancellationToken)
    {
        try
        {
            var applied = await follower.CatchUpAsync(cancellationToken);
            if (applied) signals.Progress.Raise();
            else await SettleAsync(cancellationToken);
            _failures = 0;
            return applied;
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

    private long? _noted;

    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        var position = await follower.SettleAsync(cancellationToken);
        if (position == _noted && _failures == 0) return;
        await repository.NotePositionAsync(options.Host, position, null, cancellationToken);
        _noted = position;
    }

    private async Task NoteFailureAsync(Exception failure, CancellationToken cancellationToken)
    {
        try
        {
            await repository.NotePositionAsync(options.Host, null, failure.Message, cancellationToken);
        }
        catch (System.Data.Common.DbException e)
        {
            logger.MapsFailed(e, options.Host, _failures);
        }
    }
}
