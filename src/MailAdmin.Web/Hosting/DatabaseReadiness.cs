using MailAdmin.Core.Data;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MailAdmin.Web.Hosting;

/// <summary>Whether the database is there, answers, and has the tables of this version.</summary>
internal sealed class DatabaseReadiness(DatabasePreparation preparation, IDatabaseProvider database) : IHealthCheck
{
    // Opening a database that is not there would create it.
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        database.Exists && (await preparation.PendingAsync(cancellationToken)).Count == 0
            ? HealthCheckResult.Healthy() : new(context.Registration.FailureStatus);
}
