using System.Data.Common;
using MailAdmin.Core.Audit;

namespace MailAdmin.Web.Features.Audit;

/// <summary>
/// Writes the end of the audit's chain into the log, which is elsewhere than the database: whoever makes the chain anew can't make that anew.
/// </summary>
internal sealed class AuditHeadHostedService(AuditVerifier verifier, TimeProvider clock, ILogger<AuditHeadHostedService> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        AuditHead? last = null;
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (await verifier.HeadAsync(stoppingToken) is { } head && head != last) Log.AuditHead(log, last = head);
            }
            catch (DbException e)
            {
                Log.AuditHeadNotRead(log, e);
            }
        }
    }
}
