using System.Globalization;
using MailAdmin.Provisioning.Cyrus;

namespace MailAdmin.Provisioning.MailboxCopies;

/// <summary>A message of the other server, without its text.</summary>
/// <param name="ReceivedAt">INTERNALDATE; null if the server tells none that can be read.</param>
/// <param name="Flags">See <see cref="MessageFlags.Of"/>.</param>
internal readonly record struct SourceMessage(uint Uid, long Octets, DateTimeOffset? ReceivedAt, string Flags);

/// <summary>Asks either server about the messages of the open folder.</summary>
internal static class SourceMessages
{
    /// <summary>All messages, in the order of their UIDs.</summary>
    public static async Task<List<SourceMessage>> ListAsync(ImapWire wire)
    {
        var messages = new SortedDictionary<uint, SourceMessage>();
        // Tens of thousands of messages have a handful of different sets of flags.
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        await wire.OkAsync("UID FETCH 1:* (UID FLAGS INTERNALDATE RFC822.SIZE)", tokens =>
        {
            if (FetchedItems.Of(tokens) is not { Uid: { } uid, Octets: { } octets } items) return;
            var flags = MessageFlags.Of(items.Flags);
            if (!texts.TryGetValue(flags, out var text)) texts[flags] = text = flags;
            messages[uid] = new(uid, octets, items.ReceivedAt, text);
        });
        return [.. messages.Values];
    }

    /// <summary>The identities of these messages, as far as they are still there.</summary>
    public static async Task<List<(uint Uid, MessageIdentity Identity)>> IdentitiesAsync(ImapWire wire, IEnumerable<string> sets)
    {
        var found = new List<(uint, MessageIdentity)>();
        foreach (var set in sets)
        {
            await wire.OkAsync($"UID FETCH {set} (UID INTERNALDATE RFC822.SIZE {MessageIdentity.Fields})", tokens =>
            {
                if (FetchedItems.Of(tokens) is { Uid: { } uid, Octets: { } octets, ReceivedAt: { } at, Text: { } header })
                    found.Add((uid, MessageIdentity.Of(header, at, octets)));
            });
        }
        return found;
    }
}

/// <summary>The items of a FETCH response (RFC 3501, 7.4.2) that a copy asks for; null for those that it does not have.</summary>
internal sealed record FetchedItems(uint? Uid, long? Octets, DateTimeOffset? ReceivedAt, IReadOnlyList<string> Flags, byte[]? Text)
{
    /// <summary>Null for another response.</summary>
    public static FetchedItems? Of(List<object?> tokens)
    {
        if (tokens is not [_, "FETCH", List<object?> items]) return null;
        var fetched = new FetchedItems(null, null, null, [], null);
        for (var i = 0; i + 1 < items.Count; i += 2) fetched = With(fetched, items[i] as string ?? "", items[i + 1]);
        return fetched;
    }

    private static FetchedItems With(FetchedItems items, string name, object? value) => name.ToUpperInvariant() switch
    {
        "UID" => items with { Uid = uint.TryParse(value as string, CultureInfo.InvariantCulture, out var uid) ? uid : null },
        "RFC822.SIZE" => items with { Octets = long.TryParse(value as string, CultureInfo.InvariantCulture, out var size) ? size : null },
        "INTERNALDATE" => items with { ReceivedAt = Date(value as string) },
        "FLAGS" => items with { Flags = [.. (value as List<object?> ?? []).OfType<string>()] },
        { } body when body.StartsWith("BODY[", StringComparison.Ordinal) => items with { Text = Octets8(value) },
        _ => items,
    };

    private static byte[]? Octets8(object? value) => value switch
    {
        byte[] octets => octets,
        string text => System.Text.Encoding.Latin1.GetBytes(text),
        _ => null,
    };

    private static DateTimeOffset? Date(string? text) =>
        text is { Length: > 5 } && DateTimeOffset.TryParseExact(
            text[..^2].Trim() + ":" + text[^2..], "d-MMM-yyyy HH:mm:ss zzz", CultureInfo.InvariantCulture,
            DateTimeStyles.AllowWhiteSpaces, out var date) ? date : null;
}
