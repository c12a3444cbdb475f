using System.Collections.Concurrent;
using MailAdmin.Core.Dns;

namespace MailAdmin.Provisioning.Dns;

/// <summary>
/// Remembers the MX records that a zone's servers had, to know how long caches of the world keep former ones. It begins anew with the
/// panel's start.
/// </summary>
internal sealed class MxSightings
{
    private readonly ConcurrentDictionary<string, Sighting> _last = new(StringComparer.Ordinal);

    /// <returns>When caches have forgotten the former records; null if no change was seen.</returns>
    public DateTimeOffset? Add(string name, DnsAnswer answer, DateTimeOffset now)
    {
        // A cache says neither what is there now nor how long others keep it.
        if (!answer.IsAuthoritative || !answer.IsKnown) return null;
        var (values, kept) = (ValuesOf(answer), answer.TimeToLive ?? TimeSpan.Zero);
        return _last.AddOrUpdate(name, _ => new(values, kept, null), (_, last) => last.Values == values
            ? last with { TimeToLive = kept } : new(values, kept, now + last.TimeToLive)).FormerForgottenAt;
    }

    private static string ValuesOf(DnsAnswer answer) =>
        string.Join('\n', answer.Of(DnsType.Mx).Select(r => r.Value).Order(StringComparer.Ordinal));

    private sealed record Sighting(string Values, TimeSpan TimeToLive, DateTimeOffset? FormerForgottenAt);
}
