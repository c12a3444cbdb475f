using System.Globalization;
using System.Text;
using MailAdmin.Provisioning.Cyrus;
using MailKit;

namespace MailAdmin.Provisioning.MailboxCopies;

/// <summary>A folder of the other server.</summary>
/// <param name="Raw">Its name there, octet by octet (Latin-1).</param>
/// <param name="Levels">The name as users see it, level by level; <c>INBOX</c> alone for the mailbox itself.</param>
/// <param name="IsInvalid">The name is no valid modified UTF-7.</param>
internal sealed record SourceFolder(string Raw, IReadOnlyList<string> Levels, bool IsInvalid)
{
    /// <summary>Its special use (RFC 6154), if the server tells it.</summary>
    public SpecialFolder? Use { get; init; }

    /// <summary>It shows messages that are in other folders too (<c>\All</c>, <c>\Flagged</c>).</summary>
    public bool IsVirtual { get; init; }

    public bool IsSubscribed { get; init; }

    public long Messages { get; init; }

    /// <summary>In octets; null if the server does not tell it (RFC 8438).</summary>
    public long? Octets { get; init; }

    public bool IsInbox => Levels is ["INBOX"];

    public string Name => string.Join('/', Levels);
}

/// <summary>Lists the folders of the user on the other server.</summary>
internal static class SourceFolders
{
    public static async Task<IReadOnlyList<SourceFolder>> ListAsync(ImapWire source)
    {
        var prefix = await PersonalPrefixAsync(source);
        var subscribed = await NamesAsync(source, "LSUB");
        var folders = new Dictionary<string, SourceFolder>(StringComparer.Ordinal);
        var tellsUse = source.Capabilities.Contains("SPECIAL-USE") && source.Capabilities.Contains("LIST-EXTENDED");
        await source.OkAsync($"LIST \"\" \"*\"{(tellsUse ? " RETURN (SPECIAL-USE)" : "")}", tokens =>
        {
            if (Of(tokens, prefix) is not { } folder) return;
            // Without any subscription, the user's program does not use them: it shows all folders.
            folders[folder.Raw] = folder with { IsSubscribed = subscribed.Count == 0 || subscribed.Contains(folder.Raw) };
        });
        return await CountAsync(source, [.. folders.Values.OrderBy(f => !f.IsInbox).ThenBy(f => f.Levels.Count)
            .ThenBy(f => f.Raw, StringComparer.Ordinal)]);
    }

    // Other users' folders and shared ones are not the user's.
    private static async Task<(string Own, IReadOnlyList<string> Foreign)> PersonalPrefixAsync(ImapWire source)
    {
        var own = "";
        var foreign = new List<string>();
        if (!source.Capabilities.Contains("NAMESPACE")) return (own, foreign);
        await source.AskAsync("NAMESPACE", tokens =>
        {
            if (tokens is not ["NAMESPACE", var personal, .. var others]) return;
            own = Prefixes(personal).FirstOrDefault() ?? "";
            foreign.AddRange(others.SelectMany(Prefixes).Where(p => p.Length > 0));
        });
        return (own, foreign);
    }

    private static IEnumerable<string> Prefixes(object? namespaces) =>
        (namespaces as List<object?> ?? []).OfType<List<object?>>().Select(n => ImapTokens.Text(n.FirstOrDefault())).OfType<string>();

    private static async Task<HashSet<string>> NamesAsync(ImapWire source, string command)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        await source.AskAsync($"{command} \"\" \"*\"", tokens =>
        {
            if (tokens is [_, _, _, var name] && ImapTokens.Text(name) is { } text) names.Add(text);
        });
        return names;
    }

    private static SourceFolder? Of(List<object?> tokens, (string Own, IReadOnlyList<string> Foreign) prefix)
    {
        if (tokens is not ["LIST", List<object?> attributes, var separator, var name, ..]) return null;
        if (ImapTokens.Text(name) is not { } raw) return null;
        var marks = attributes.OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (marks.Contains(@"\NoSelect") || marks.Contains(@"\NonExistent")) return null;
        if (prefix.Foreign.Any(p => raw.StartsWith(p, StringComparison.Ordinal))) return null;
        var (visible, isInvalid) = Visible(raw);
        return new(raw, Levels(visible, ImapTokens.Text(separator), prefix.Own), isInvalid)
        {
            Use = marks.Select(UseOf).FirstOrDefault(u => u is not null),
            IsVirtual = marks.Contains(@"\All") || marks.Contains(@"\Flagged") || marks.Contains(@"\Important"),
        };
    }

    /// <summary>
    /// The name as users see it. A name that is not modified UTF-7 is UTF-8 if it can be, and is taken literally otherwise.
    /// </summary>
    public static (string Name, bool IsInvalid) Visible(string raw)
    {
        if (raw.Any(c => c > 127))
        {
            try
            {
                return (new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Encoding.Latin1.GetBytes(raw)), true);
            }
            catch (DecoderFallbackException)
            {
                return (raw, true);
            }
        }
        var name = ImapText.Decode(raw);
        if (ImapText.Encode(name) == raw) return (name, false);
        return (name.Contains('\uFFFD', StringComparison.Ordinal) || name.Any(char.IsControl) ? raw : name, true);
    }

    private static List<string> Levels(string name, string? separator, string own)
    {
        if (name.Equals("INBOX", StringComparison.OrdinalIgnoreCase)) return ["INBOX"];
        // Where folders are below INBOX, that level is only how the server shows them.
        var below = own.Length > 0 && name.StartsWith(own, StringComparison.OrdinalIgnoreCase) ? name[own.Length..] : name;
        List<string> levels = string.IsNullOrEmpty(separator) ? [below] : [.. below.Split(separator)];
        levels.RemoveAll(l => l.Length == 0);
        if (levels.Count > 1 && levels[0].Equals("INBOX", StringComparison.OrdinalIgnoreCase)) levels.RemoveAt(0);
        return levels.Count == 0 ? [name] : levels;
    }

    /// <summary>The special use of a mailbox attribute (RFC 6154), or null.</summary>
    public static SpecialFolder? UseOf(string mark) => mark.ToUpperInvariant() switch
    {
        @"\SENT" => SpecialFolder.Sent,
        @"\DRAFTS" => SpecialFolder.Drafts,
        @"\TRASH" => SpecialFolder.Trash,
        @"\JUNK" or @"\SPAM" => SpecialFolder.Junk,
        @"\ARCHIVE" => SpecialFolder.Archive,
        _ => null,
    };

    // All at once: a distant server would otherwise take a round trip for each.
    private static async Task<IReadOnlyList<SourceFolder>> CountAsync(ImapWire source, List<SourceFolder> folders)
    {
        const int AtOnce = 50;
        var counts = new Dictionary<string, (long Messages, long? Octets)>(StringComparer.Ordinal);
        var items = source.Capabilities.Contains("STATUS=SIZE") ? "MESSAGES SIZE" : "MESSAGES";
        foreach (var chunk in folders.Chunk(AtOnce))
        {
            var tags = new List<string>();
            foreach (var folder in chunk) tags.Add(await source.SendAsync($"STATUS {ImapText.Quote(folder.Raw)} ({items})"));
            foreach (var tag in tags) await source.CompleteAsync(tag, Take);
        }
        return folders.ConvertAll(f => counts.TryGetValue(f.Raw, out var count)
            ? f with { Messages = count.Messages, Octets = count.Octets } : f);

        void Take(List<object?> tokens)
        {
            if (tokens is ["STATUS", var name, List<object?> told, ..] && ImapTokens.Text(name) is { } raw)
                counts[raw] = (NumberOf(told, "MESSAGES") ?? 0, NumberOf(told, "SIZE"));
        }
    }

    private static long? NumberOf(List<object?> told, string item)
    {
        var at = told.FindIndex(t => item.Equals(t as string, StringComparison.OrdinalIgnoreCase)) + 1;
        return at > 0 && at < told.Count
            && long.TryParse(ImapTokens.Text(told[at]), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
