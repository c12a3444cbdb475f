using MailAdmin.Provisioning.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning.Logins;

/// <summary>
/// Writes the last logins every few seconds, and once more when the process stops. If the database is unavailable, they wait.
/// </summary>
internal sealed class LastLoginsHostedService(
    LastLogins logins, SaveLastLogins save, LoginOptions options, TimeProvider time, ILogger<LastLoginsHostedService> logger)
        : BackgroundService
{
    private readonly ResilientLoop _loop = new("Writing last logins", time, logger);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await _loop.TryAsync(WriteAsync, cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        _loop.EveryAsync(options.LastLoginInterval, WriteAsync, stoppingToken);

    private Task WriteAsync(CancellationToken cancellationToken) => logins.WriteAsync(save.Invoke, cancellationToken);
}

/// <summary>Writes a batch of last logins in one transaction.</summary>
internal delegate Task SaveLastLogins(IReadOnlyCollection<LastLogin> logins, CancellationToken cancellationToken);
