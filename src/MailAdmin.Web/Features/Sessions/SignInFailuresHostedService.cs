using MailAdmin.Core.Admins;
using MailAdmin.Provisioning.Hosting;

namespace MailAdmin.Web.Features.Sessions;

/// <summary>Writes refused sign-ins to the audit, one event for each quarter of an hour.</summary>
internal sealed class SignInFailuresHostedService(SignInFailures failures, TimeProvider clock, ILogger<SignInFailuresHostedService> log)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new ResilientLoop("Recording refused sign-ins", clock, log).EveryAsync(Every, failures.RecordAsync, stoppingToken);
}
