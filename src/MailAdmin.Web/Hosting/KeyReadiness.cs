using MailAdmin.Core.Secrets;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MailAdmin.Web.Hosting;

/// <summary>
/// Whether the key file is there. Without it this process still works, but the next one can't open the database's secrets.
/// </summary>
internal sealed class KeyReadiness(PanelKey key) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(key.IsKept ? HealthCheckResult.Healthy() : new(context.Registration.FailureStatus));
}
