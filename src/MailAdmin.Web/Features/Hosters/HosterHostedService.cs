using System.Data.Common;
using MailAdmin.Core.Hosters;

namespace MailAdmin.Web.Features.Hosters;

/// <summary>Notices what was changed by another process of the panel.</summary>
internal sealed class HosterHostedService(HosterRepository hosters, TimeProvider clock, ILogger<HosterHostedService> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await hosters.RefreshAsync(stoppingToken);
            }
            catch (DbException e)
            {
                Log.HosterNotRead(log, e);
            }
        }
    }
}
