using MailAdmin.Provisioning.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MailAdmin.Web.Hosting;

/// <summary>Whether a background loop of this process still runs and can do its work. A process without such a loop needs none.</summary>
internal sealed class LoopReadiness(string name, IEnumerable<IWatchedLoop> loops) : IHealthCheck
{
    // A turn takes seconds; the rebuild of a very large map takes minutes.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(loops.Where(l => l.Name == name).All(l => l.IsWorking && l.Silence <= Longest)
            ? HealthCheckResult.Healthy() : new(context.Registration.FailureStatus));
}
