using System.Collections.Concurrent;
using MailAdmin.Core.Accounts;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>Mailboxes that were near their limit at the last reading; they are read again before all others.</summary>
public sealed class QuotaWatchlist
{
    // In percent of the limit. A mailbox below that takes a while to fill up.
    private const int Near = 90;

    // If more mailboxes than that are nearly full, the round over all accounts reads the rest.
    private const int Max = 1_000;

    private readonly ConcurrentDictionary<Username, bool> _names = new();

    public IReadOnlyCollection<Username> Names => [.. _names.Keys];

    public void Update(Username username, QuotaUsage usage)
    {
        if (usage.LimitKiB is { } limit && (usage.UsedKiB ?? 0) >= (decimal)limit * Near / 100 && _names.Count < Max)
            _names[username] = true;
        else _names.TryRemove(username, out _);
    }
}
