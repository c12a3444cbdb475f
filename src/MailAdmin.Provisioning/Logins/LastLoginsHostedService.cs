using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning.Logins;

/// <summary>Writes the last logins every few seconds, and once more at the end.</summary>
internal sealed class LastLoginsHostedService(
    LastLogins logins, SaveLastLogins save, LoginOptions options, TimeProvider time, ILogger<LastLoginsHostedService> logger) : BackgroundService
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.LastLoginInterval, time);
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
            await logins.WriteAsync(save.Invoke, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A database that is away comes back; until then they wait.
            logger.LastLoginsNotWritten(e);
        }
    }
}

/// <summary>Writes a batch of last logins in one transaction.</summary>
internal delegate Task SaveLastLogins(IReadOnlyCollection<LastLogin> logins, CancellationToken cancellationToken);
