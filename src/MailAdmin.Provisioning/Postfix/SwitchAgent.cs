using MailAdmin.Core.Domains;
using MailAdmin.Provisioning.Processes;

namespace MailAdmin.Provisioning.Postfix;

/// <summary>
/// This host's part in a domain's switch, repeated until nothing is left to do; after a restart it finds its unfinished work again.
/// </summary>
/// <remarks>
/// To local: Postfix expands recipients when it receives a message, so the messages that wait for the former next hop would bounce once the
/// domain is local. They are requeued by id, and the switch waits for the messages that were being received when the addresses appeared. To
/// a next hop: smtpd caches the domain's class for its lifetime, so the domain's addresses stay until every idle smtpd has forgotten it.
/// </remarks>
internal sealed class SwitchAgent(MailQueue queue, Postmap postmap, MapOptions options, TimeProvider clock)
{
    private readonly Dictionary<long, Begun> _begun = [];

    /// <summary>Checks the switch, and does what can be done now.</summary>
    public async Task<SwitchReport> WorkAsync(SwitchWork work, CancellationToken cancellationToken)
    {
        var report = new SwitchReport { DomainId = work.DomainId, Host = options.Host, Sequence = work.Sequence };
        try
        {
            var begun = await BegunAsync(work, cancellationToken);
            if (work.Routing == DomainRouting.Local) await MoveAsync(work, report, cancellationToken);
            report.IsClear = report.Waiting == 0 && await HasSettledAsync(begun, cancellationToken);
        }
        catch (CommandException e)
        {
            report.LastError = e.Message;
        }
        return report;
    }

    /// <summary>Forgets the switches that are over.</summary>
    public void Keep(IEnumerable<SwitchWork> present)
    {
        var ids = present.Select(w => w.DomainId).ToHashSet();
        foreach (var id in _begun.Keys.Where(id => !ids.Contains(id)).ToList()) _begun.Remove(id);
    }

    private async Task<Begun> BegunAsync(SwitchWork work, CancellationToken cancellationToken)
    {
        if (_begun.TryGetValue(work.DomainId, out var begun) && begun.Sequence == work.Sequence) return begun;
        var receiving = work.Routing == DomainRouting.Local ? await queue.ReceivingAsync(cancellationToken) : null;
        return _begun[work.DomainId] = new(work.Sequence, clock.GetUtcNow(), receiving);
    }

    private async Task<bool> HasSettledAsync(Begun begun, CancellationToken cancellationToken)
    {
        if (begun.Receiving is null) return clock.GetUtcNow() - begun.At >= options.Settle;
        return begun.Receiving.Count == 0 || (await queue.ReceivingAsync(cancellationToken))?.Overlaps(begun.Receiving) == false;
    }

    private async Task MoveAsync(SwitchWork work, SwitchReport report, CancellationToken cancellationToken)
    {
        var waiting = (await queue.ListAsync(work.Names.ToHashSet(StringComparer.Ordinal), cancellationToken)).Where(m => !m.IsOnHold)
            .ToList();
        var known = await KnownAsync(waiting.SelectMany(m => m.Recipients.Select(r => r.Address)), cancellationToken);
        var ours = waiting.Where(m => m.Recipients.Any(r => known.Contains(r.Address))).ToList();
        (report.Waiting, report.UnknownRecipients) = (ours.Count, waiting.Count - ours.Count);
        await queue.RequeueAsync(ours.Where(m => m.IsDeferred).Select(m => m.Id), cancellationToken);
    }

    // The keys that cleanup looks up: the address, the address without its tag, and the domain's catch-all.
    private async Task<HashSet<string>> KnownAsync(IEnumerable<string> recipients, CancellationToken cancellationToken)
    {
        var keys = recipients.Distinct(StringComparer.Ordinal).ToDictionary(r => r, KeysOf, StringComparer.Ordinal);
        if (keys.Count == 0) return [];
        var found = await postmap.QueryAsync("virtual", keys.Values.SelectMany(k => k).Distinct(StringComparer.Ordinal), cancellationToken);
        return keys.Where(k => k.Value.Any(found.ContainsKey)).Select(k => k.Key).ToHashSet(StringComparer.Ordinal);
    }

    private static string[] KeysOf(string recipient)
    {
        var lower = recipient.ToLowerInvariant();
        var (at, plus) = (lower.LastIndexOf('@'), lower.IndexOf('+', StringComparison.Ordinal));
        var untagged = plus > 0 && plus < at ? lower[..plus] + lower[at..] : lower;
        return [lower, untagged, lower[at..]];
    }

    /// <param name="At">When this process first saw that the host has the switch's rows.</param>
    /// <param name="Receiving">The messages that were being received then; null if that is not known or not needed.</param>
    private sealed record Begun(long Sequence, DateTimeOffset At, IReadOnlySet<string>? Receiving);
}
