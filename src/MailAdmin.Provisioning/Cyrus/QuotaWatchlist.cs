using System.Collections.Concurrent;
using MailAdmin.Core.Accounts;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>Mailboxes that were near their limit when somebody looked: they are looked at again before all others.</summary>
public sealed class QuotaWatchlist
{
    // Of the limit, in percent. A mailbox below it takes a while to fill up.
    private const int Near = 90;

    // Should a server be full of them, the round over all accounts finds the rest.
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
