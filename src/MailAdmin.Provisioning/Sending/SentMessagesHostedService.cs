using MailAdmin.Core.Data;
using MailAdmin.Core.Sending;
using MailAdmin.Provisioning.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning.Sending;

/// <summary>
/// Writes the counts of sent messages every second, and once more when the process stops; records which accounts reached a limit; deletes
/// counts that no longer matter.
/// </summary>
internal sealed class SentMessagesHostedService(
    SentMessages messages, SenderDirectory senders, SendingService service, TimeProvider time, ILogger<SentMessagesHostedService> logger)
        : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly ResilientLoop _loop = new("Writing what users sent", time, logger);
    private long _cleaned;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await _loop.TryAsync(WriteAsync, cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _loop.EveryAsync(Interval, WriteAsync, stoppingToken);

    private async Task WriteAsync(CancellationToken cancellationToken)
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
}
