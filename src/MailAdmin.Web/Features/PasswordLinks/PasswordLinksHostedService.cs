using MailAdmin.Core.PasswordLinks;
using MailAdmin.Provisioning.Hosting;

namespace MailAdmin.Web.Features.PasswordLinks;

/// <summary>Wipes passwords that were not fetched in time.</summary>
internal sealed class PasswordLinksHostedService(PasswordLinkService links, TimeProvider clock, ILogger<PasswordLinksHostedService> log)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new ResilientLoop("Wiping one-time links that nobody opened", clock, log).EveryAsync(Every, links.WipeExpiredAsync, stoppingToken);
}
