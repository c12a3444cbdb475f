using MailAdmin.Core.Admins;
using MailAdmin.Provisioning.Hosting;

namespace MailAdmin.Web.Features.Sessions;

/// <summary>Puts what was refused at sign-in into the audit, each quarter of an hour as one event.</summary>
internal sealed class SignInFailuresHostedService(SignInFailures failures, TimeProvider clock, ILogger<SignInFailuresHostedService> log)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new ResilientLoop("Recording refused sign-ins", clock, log).EveryAsync(Every, failures.RecordAsync, stoppingToken);
}
