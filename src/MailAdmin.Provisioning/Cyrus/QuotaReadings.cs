using System.Collections.Frozen;
using MailAdmin.Core.Accounts;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>The usage and the limit of a mailbox.</summary>
/// <param name="UsedKiB">Units of 1,024 octets; null without a limit, because Cyrus then does not count the usage.</param>
/// <param name="LimitKiB">Units of 1,024 octets, or null for no limit.</param>
public sealed record QuotaUsage(long? UsedKiB, long? LimitKiB)
{
    /// <summary>The mailbox of that name on the server is not the account's, so its usage is not disclosed.</summary>
    public bool IsForeign { get; init; }
}

/// <summary>The quotas of some accounts, as far as they could be read in time.</summary>
public sealed class QuotaReadings
{
    private readonly FrozenDictionary<Username, QuotaUsage> _usages;

    internal QuotaReadings(bool available, IEnumerable<KeyValuePair<Username, QuotaUsage>> usages) =>
        (Available, _usages) = (available, usages.ToFrozenDictionary());

    /// <summary>Whether Cyrus answered in time. If false, nothing is known about any account.</summary>
    public bool Available { get; }

    /// <summary>Null when nothing is known: the mailbox does not exist yet, or <see cref="Available"/> is false.</summary>
    public QuotaUsage? this[Username username] => _usages.GetValueOrDefault(username);

    internal static QuotaReadings Unavailable { get; } = new(false, []);
}
