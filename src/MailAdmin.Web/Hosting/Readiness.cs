using MailAdmin.Core.Data;
using MailAdmin.Provisioning.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MailAdmin.Web.Hosting;

/// <summary>
/// <c>/health</c> for liveness: the process answers. <c>/ready</c> for readiness: it can do its work. Both are open to everybody and name
/// no more than a word for what is not ready; the log and the doctor say why.
/// </summary>
internal static class Readiness
{
    public const string HealthPath = "/health";
    public const string ReadyPath = "/ready";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public static void AddReadiness(this IServiceCollection services)
    {
        var checks = services.AddHealthChecks();
        checks.AddCheck<DatabaseReadiness>("database", timeout: Timeout);
        foreach (var loop in (string[])["worker", "follower"])
            checks.Add(new(loop, provider => new LoopReadiness(loop, provider), failureStatus: null, tags: null));
    }

    /// <summary>Answers before anything else runs: no session is read, and no language is looked for.</summary>
    public static void MapReadiness(this WebApplication app)
    {
        app.MapGet(HealthPath, () => "ok").AllowAnonymous().ShortCircuit();
        app.MapGet(ReadyPath, ShowAsync).AllowAnonymous().ShortCircuit();
    }

    /// <summary>Whether a monitor asks, whose requests nobody wants to find in the log.</summary>
    public static bool IsAskedBy(HttpRequest request) => request.Path == HealthPath || request.Path == ReadyPath;

    private static async Task<IResult> ShowAsync(HealthCheckService checks, CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(cancellationToken);
        var missing = report.Entries.Where(e => e.Value.Status != HealthStatus.Healthy).Select(e => e.Key).Order(StringComparer.Ordinal);
        return report.Status == HealthStatus.Healthy
            ? Results.Json(new { ready = true })
            : Results.Json(new { ready = false, missing }, statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}

/// <summary>Whether the database is there, answers, and has the tables of this version.</summary>
internal sealed class DatabaseReadiness(DatabasePreparation preparation, PanelSettings settings) : IHealthCheck
{
    // Opening a database that is not there would create it.
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        File.Exists(settings.Database) && (await preparation.PendingAsync(cancellationToken)).Count == 0
            ? HealthCheckResult.Healthy() : new(context.Registration.FailureStatus);
}

/// <summary>Whether a background loop of this process still runs. A process without such a loop needs none.</summary>
internal sealed class LoopReadiness(string loop, IServiceProvider services) : IHealthCheck
{
    // A turn takes seconds; the rebuild of a very large map takes minutes.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var isSilent = WatchedLoops.Of(services).Any(l => l.Name == loop && l.Silence > Longest);
        return Task.FromResult(isSilent ? new HealthCheckResult(context.Registration.FailureStatus) : HealthCheckResult.Healthy());
    }
}
