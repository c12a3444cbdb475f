using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Data;
using MailAdmin.Core.Routing;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Scripts;

/// <summary>How an address in a user's script relates to that user.</summary>
/// <param name="IsHere">Its domain is hosted here.</param>
/// <param name="IsOwn">Mail for it is delivered to the user's own mailbox.</param>
/// <param name="MaySend">The user may send as it.</param>
public sealed record ScriptAddress(bool IsHere, bool IsOwn, bool MaySend);

/// <summary>Looks addresses up in the map rows, so that scripts and mail programs are checked by the same rules.</summary>
public sealed class ScriptAddresses(MailDatabase database)
{
    // Bounds the parameters of one statement. Further addresses in a script are not checked.
    private const int MaxAddresses = 200;

    /// <summary>Results by the address as spelled in the script; a text that is not an address belongs to nobody.</summary>
    public async Task<IReadOnlyDictionary<string, ScriptAddress>> FindAsync(
        Username owner, IEnumerable<string> addresses, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, ScriptAddress>(StringComparer.Ordinal);
        List<(string Text, AddrSpec? Parsed)> asked = [.. addresses.Distinct(StringComparer.Ordinal).Take(MaxAddresses)
            .Select(text => (text, Parse(text)))];
        if (asked.Count == 0) return found;
        var rows = await RowsAsync(
            [.. asked.Select(a => a.Parsed).OfType<AddrSpec>().SelectMany(a => new[] { KeyOf(a), a.Domain.Value })
                .Distinct(StringComparer.Ordinal)], cancellationToken);
        foreach (var (text, parsed) in asked) found[text] = parsed is null ? new(false, false, false) : Of(owner.Value, parsed, rows);
        return found;
    }

    private static ScriptAddress Of(string owner, AddrSpec address, ILookup<(PostfixMap Map, string Key), string> rows)
    {
        var key = KeyOf(address);
        var isHere = rows[(PostfixMap.Domains, address.Domain.Value)].Any() || rows[(PostfixMap.RelayDomains, address.Domain.Value)].Any();
        var isOwn = rows[(PostfixMap.Virtual, key)].SelectMany(Names)
            .Any(n => n.StartsWith(owner + "@", StringComparison.OrdinalIgnoreCase));
        return new(isHere, isOwn, rows[(PostfixMap.Senders, key)].SelectMany(Names).Contains(owner, StringComparer.OrdinalIgnoreCase));
    }

    private async Task<ILookup<(PostfixMap Map, string Key), string>> RowsAsync(List<string> keys, CancellationToken cancellationToken)
    {
        PostfixMap[] maps = [PostfixMap.Domains, PostfixMap.RelayDomains, PostfixMap.Virtual, PostfixMap.Senders];
        await using var context = database.Open();
        var rows = await context.MapEntries.Where(e => maps.Contains(e.Map) && keys.Contains(e.Key) && e.Value != null)
            .Select(e => new { e.Map, e.Key, e.Value }).ToListAsync(cancellationToken);
        return rows.ToLookup(r => (r.Map, r.Key), r => r.Value!);
    }

    // Scripts may have addresses in header form: "Name <address>".
    private static AddrSpec? Parse(string text)
    {
        var bare = text.LastIndexOf('<') is >= 0 and var open ? text[(open + 1)..].TrimEnd().TrimEnd('>') : text;
        return AddrSpec.TryParse(bare, out var address) ? address : null;
    }

    private static string KeyOf(AddrSpec address) => $"{address.Untagged}@{address.Domain.Value}".ToLowerInvariant();

    private static IEnumerable<string> Names(string value) => value.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);
}
