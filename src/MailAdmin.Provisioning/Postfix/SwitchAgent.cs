using MailAdmin.Core.Domains;
using MailAdmin.Provisioning.Processes;

namespace MailAdmin.Provisioning.Postfix;

/// <summary>
/// This host's part in a domain's switch, done again and again until nothing is left; what it has begun it finds anew after a restart.
/// </summary>
/// <remarks>
/// To local: Postfix expands recipients when it takes mail in, so what waits for the former next hop would bounce as soon as the domain is
/// ours. It is taken up anew, by its id, and what was being received when the addresses came is waited for. To a next hop: smtpd remembers
/// the domain's class as long as it lives, so its addresses stay until every idle one has forgotten.
/// </remarks>
internal sealed class SwitchAgent(MailQueue queue, Postmap postmap, MapOptions options, TimeProvider clock)
{
    private readonly Dictionary<long, Begun> _begun = [];

    /// <summary>Looks, and does what can be done now.</summary>
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

    // As cleanup asks: the address, without its tag, and the domain's catch-all.
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

    /// <param name="At">When this host had the switch's rows for the first time, as far as this process knows.</param>
    /// <param name="Receiving">Mail that was being received then; null when that is not known, or plays no part.</param>
    private sealed record Begun(long Sequence, DateTimeOffset At, IReadOnlySet<string>? Receiving);
}
