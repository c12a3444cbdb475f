using MailAdmin.Core.Admins;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Sending;
using MailAdmin.Provisioning.Postfix;

namespace MailAdmin.Web.Features.Provisioning;

/// <summary>
/// For a monitor, which signs in nowhere: how much waits and for how long, and of whom not a word. <c>?max=SECONDS</c> answers 503 once the
/// oldest task, what the maps lack, or the wait for the mail store is older than that. <c>stoppedSenders</c> is how many accounts have
/// reached a limit on sending: often a stolen password; <c>overQuotaMessages</c> how many messages wait that are larger than what is free
/// in their mailbox.
/// </summary>
internal static class ProvisioningHealth
{
    public static void MapProvisioningHealth(this WebApplication app) => app.MapGet("/health/provisioning", ShowAsync).AllowAnonymous();

    private static async Task<IResult> ShowAsync(
        TaskRepository tasks, SendingRepository sending, MailDelivery delivery, TimeProvider clock, long? max,
        CancellationToken cancellationToken)
    {
        var counts = await tasks.CountAsync(Actor.Panel, cancellationToken);
        var oldest = Age(counts.OldestAt);
        var (maps, store) = (Age(delivery.Maps?.Since), Age(delivery.Store?.Since));
        var told = new
        {
            counts.Pending,
            counts.Running,
            counts.Failed,
            oldestSeconds = oldest,
            oldestFailedSeconds = Age(counts.OldestFailedAt),
            mapsBehindSeconds = maps,
            storeAwaySeconds = store,
            overQuotaMessages = delivery.Waiting.OverQuota,
            stoppedSenders = await sending.CountStoppedAsync(cancellationToken),
        };
        return Results.Json(
            told, statusCode: oldest > max || maps > max
            || store > max ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);

        // A clock that was set back makes nothing younger than now.
        long? Age(DateTimeOffset? since) => since is { } at ? Math.Max(0, (long)(clock.GetUtcNow() - at).TotalSeconds) : null;
    }
}
