using MailAdmin.Core.Imports;
using MailAdmin.Provisioning.Hosting;

namespace MailAdmin.Web.Features.Imports;

/// <summary>Forgets lists and generated passwords whose day is over.</summary>
internal sealed class ImportsHostedService(ImportService imports, TimeProvider clock, ILogger<ImportsHostedService> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new ResilientLoop("Forgetting lists that were imported", clock, log).EveryAsync(Every, imports.ForgetAsync, stoppingToken);
}
