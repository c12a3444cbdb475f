using MailAdmin.Core.Audit;
using MailAdmin.Provisioning.Hosting;

namespace MailAdmin.Web.Features.Audit;

/// <summary>
/// Writes the head of the audit's chain to the log, which is not in the database: an attacker who rebuilds the chain can't rebuild the log.
/// </summary>
internal sealed class AuditHeadHostedService(AuditVerifier verifier, TimeProvider clock, ILogger<AuditHeadHostedService> log)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    private AuditHead? _last;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new ResilientLoop("Reading where the audit ends", clock, log).EveryAsync(Every, LogAsync, stoppingToken);

    private async Task LogAsync(CancellationToken cancellationToken)
    {
        if (await verifier.HeadAsync(cancellationToken) is { } head && head != _last) Log.AuditHead(log, _last = head);
    }
}
