using MailAdmin.Core.Accounts;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>Reads quotas for a page.</summary>
public sealed class CyrusQuotas(CyrusReader reader, QuotaWatchlist nearlyFull)
{
    /// <summary>Reads the quota of each, all of them with one exchange. Never throws because of the server.</summary>
    /// <param name="mailboxes">Those of one page.</param>
    /// <param name="budget">The longest wait; who does not get everything in it gets nothing.</param>
    /// <param name="cancellation">Ends the wait with an exception.</param>
    public async Task<QuotaReadings> ReadAsync(IReadOnlyList<AccountMailbox> mailboxes, TimeSpan budget, CancellationToken cancellation)
    {
        var read = await reader.TryAskAsync((session, token) => CyrusQuotaRoot.ReadAsync(session, mailboxes, token), budget, cancellation);
        if (read is null) return QuotaReadings.Unavailable;
        var usages = new Dictionary<Username, QuotaUsage>();
        for (var i = 0; i < mailboxes.Count; i++)
        {
            // Without a mailbox nothing is known of this one.
            if (read[i] is not { } usage) continue;
            usages[mailboxes[i].Username] = usage;
            nearlyFull.Update(mailboxes[i].Username, usage);
        }
        return new QuotaReadings(true, usages);
    }
}
