using MailAdmin.Core.Admins;

namespace MailAdmin.Web.Features.Sessions;

/// <summary>Puts what was refused at sign-in into the audit, each quarter of an hour as one event.</summary>
internal sealed class SignInFailuresHostedService(SignInFailures failures, TimeProvider clock, ILogger<SignInFailuresHostedService> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await failures.RecordAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Log.FailuresNotRecorded(log, e);
            }
        }
    }
}
