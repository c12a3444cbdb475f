using MailAdmin.Core.Admins;
using MailAdmin.Core.Outbox;

namespace MailAdmin.Web.Features.Provisioning;

/// <summary>
/// For a monitor, which signs in nowhere: how much waits and for how long, and of whom not a word. <c>?max=SECONDS</c> answers 503 once the oldest
/// task is older than that.
/// </summary>
internal static class ProvisioningHealth
{
    public static void MapProvisioningHealth(this WebApplication app) => app.MapGet("/health/provisioning", ShowAsync).AllowAnonymous();

    private static async Task<IResult> ShowAsync(TaskRepository tasks, TimeProvider clock, long? max, CancellationToken cancellationToken)
    {
        var counts = await tasks.CountAsync(Actor.Panel, cancellationToken);
        var oldest = Age(counts.OldestAt);
        var told = new { counts.Pending, counts.Running, counts.Failed, oldestSeconds = oldest, oldestFailedSeconds = Age(counts.OldestFailedAt) };
        return Results.Json(told, statusCode: oldest > max ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);

        // A clock that was set back makes nothing younger than now.
        long? Age(DateTimeOffset? since) => since is { } at ? Math.Max(0, (long)(clock.GetUtcNow() - at).TotalSeconds) : null;
    }
}
