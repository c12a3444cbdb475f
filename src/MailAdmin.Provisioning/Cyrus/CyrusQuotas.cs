using MailAdmin.Core.Accounts;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>Reads quotas for a page.</summary>
public sealed class CyrusQuotas(CyrusReader reader, QuotaWatchlist nearlyFull)
{
    /// <summary>Reads the quota of each mailbox, all with one exchange. Never throws because of the server.</summary>
    /// <param name="mailboxes">The mailboxes of one page.</param>
    /// <param name="budget">The longest wait. If the answers are not complete by then, nothing is returned.</param>
    /// <param name="cancellationToken">Ends the wait with an exception.</param>
    public async Task<QuotaReadings> ReadAsync(
        IReadOnlyList<AccountMailbox> mailboxes, TimeSpan budget, CancellationToken cancellationToken)
    {
        var read = await reader.TryAskAsync(
            (session, token) => CyrusQuotaRoot.ReadAsync(session, mailboxes, token), budget, cancellationToken);
        if (read is null) return QuotaReadings.Unavailable;
        var usages = new Dictionary<Username, QuotaUsage>();
        for (var i = 0; i < mailboxes.Count; i++)
        {
            // The state of a mailbox that does not exist is unknown.
            if (read[i] is not { } usage) continue;
            usages[mailboxes[i].Username] = usage;
            nearlyFull.Update(mailboxes[i].Username, usage);
        }
        return new QuotaReadings(true, usages);
    }
}
