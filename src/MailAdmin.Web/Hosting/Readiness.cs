using MailAdmin.Provisioning.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MailAdmin.Web.Hosting;

/// <summary>
/// <c>/health</c> for liveness: the process answers. <c>/ready</c> for readiness: it can do its work. Both are open to everybody and name
/// no more than a word for what is missing; the log and the doctor say why.
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
        checks.AddCheck<KeyReadiness>("key");
        foreach (var loop in (string[])["worker", "follower"])
            checks.Add(new(loop, provider => new LoopReadiness(loop, provider.GetServices<IWatchedLoop>()), null, tags: null));
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
