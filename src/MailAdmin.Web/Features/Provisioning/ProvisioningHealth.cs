using MailAdmin.Core.Admins;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Sending;
using MailAdmin.Provisioning.Postfix;

namespace MailAdmin.Web.Features.Provisioning;

/// <summary>
/// Health data for a monitor, which does not sign in: how much waits and for how long, without any names. <c>?max=SECONDS</c> answers 503
/// once the oldest job, the oldest change that is missing from the maps, or the wait for the mail store is older than that.
/// <c>stoppedSenders</c> is the number of accounts that have reached a sending limit, often because of a stolen password.
/// <c>overQuotaMessages</c> is the number of waiting messages that are larger than the free space of their mailbox.
/// </summary>
internal static class ProvisioningHealth
{
    public static void MapProvisioningHealth(this WebApplication app) => app.MapGet("/health/provisioning", ShowAsync).AllowAnonymous();

    private static async Task<IResult> ShowAsync(
        JobRepository jobs, SendingRepository sending, MailDelivery delivery, TimeProvider clock, long? max,
        CancellationToken cancellationToken)
    {
        var counts = await jobs.CountAsync(Actor.Panel, cancellationToken);
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

        // If the clock was set back, the age would be negative.
        long? Age(DateTimeOffset? since) => since is { } at ? Math.Max(0, (long)(clock.GetUtcNow() - at).TotalSeconds) : null;
    }
}
