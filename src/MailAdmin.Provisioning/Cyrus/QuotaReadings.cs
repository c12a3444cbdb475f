using System.Collections.Frozen;
using MailAdmin.Core.Accounts;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>What a mailbox holds and may hold.</summary>
/// <param name="UsedKiB">Units of 1 024 octets; null where there is no limit, because Cyrus then counts none.</param>
/// <param name="LimitKiB">Units of 1 024 octets, or null for no limit.</param>
public sealed record QuotaUsage(long? UsedKiB, long? LimitKiB)
{
    /// <summary>The mailbox of that name on the server is not the account's, so nothing is told of it.</summary>
    public bool IsForeign { get; init; }
}

/// <summary>The quotas of some accounts, as far as they could be had in time.</summary>
public sealed class QuotaReadings
{
    private readonly FrozenDictionary<Username, QuotaUsage> _usages;

    internal QuotaReadings(bool available, IEnumerable<KeyValuePair<Username, QuotaUsage>> usages) =>
        (Available, _usages) = (available, usages.ToFrozenDictionary());

    /// <summary>Cyrus was asked and answered in time. When false, nothing is known of any account.</summary>
    public bool Available { get; }

    /// <summary>Null when nothing is known: no mailbox yet, or not <see cref="Available"/>.</summary>
    public QuotaUsage? this[Username username] => _usages.GetValueOrDefault(username);

    internal static QuotaReadings Unavailable { get; } = new(false, []);
}
