using MailAdmin.Core.Data;
using MailAdmin.Core.Sending;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning.Sending;

/// <summary>Writes what was sent every second, and once more at the end; records who reached a limit; forgets what counts no more.</summary>
internal sealed class SentMessagesHostedService(
    SentMessages messages, SenderDirectory senders, SendingService service, TimeProvider time, ILogger<SentMessagesHostedService> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private long _cleaned;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await WriteAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops, and StopAsync writes the rest.
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            await messages.WriteAsync(batch => senders.AddAsync(batch, cancellationToken));
            foreach (var reached in messages.Reached())
            {
                await service.ReachedAsync(reached.AccountId, reached.Measure, reached.Limit, cancellationToken);
                messages.Told(reached);
            }
            var hour = SendingHour.Of(time.GetUtcNow());
            if (hour == _cleaned) return;
            await senders.ForgetAsync(hour, cancellationToken);
            _cleaned = hour;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A database that is away comes back; until then they wait.
            logger.SentMessagesNotWritten(e);
        }
    }
}
