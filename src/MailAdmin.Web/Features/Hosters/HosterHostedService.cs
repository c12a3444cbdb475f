using MailAdmin.Core.Hosters;
using MailAdmin.Provisioning.Hosting;

namespace MailAdmin.Web.Features.Hosters;

/// <summary>Picks up changes that another process of the panel has made.</summary>
internal sealed class HosterHostedService(HosterRepository hosters, TimeProvider clock, ILogger<HosterHostedService> log)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new ResilientLoop("Reading the hoster's settings", clock, log).EveryAsync(Every, hosters.RefreshAsync, stoppingToken);
}
