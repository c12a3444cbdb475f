using System.Data.Common;
using MailAdmin.Core.PasswordLinks;

namespace MailAdmin.Web.Features.PasswordLinks;

/// <summary>Wipes passwords that nobody fetched in time.</summary>
internal sealed class PasswordLinksHostedService(PasswordLinkService links, TimeProvider clock, ILogger<PasswordLinksHostedService> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await links.WipeExpiredAsync(stoppingToken);
            }
            catch (DbException e)
            {
                Log.LinksNotWiped(log, e);
            }
        }
    }
}
