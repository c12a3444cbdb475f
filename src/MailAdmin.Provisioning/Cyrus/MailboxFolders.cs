using System.Globalization;
using MailAdmin.Core.Accounts;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>A folder of a user's mailbox, or the mailbox itself.</summary>
/// <param name="FullName">The name in the administrator's namespace.</param>
/// <param name="Name">The name as users see it; empty for the mailbox itself.</param>
internal sealed record MailboxFolder(string FullName, string Name)
{
    public MailboxId? Id { get; init; }

    public long Messages { get; init; }

    public long Octets { get; init; }

    /// <summary>When the folder was created: Cyrus uses that time as UIDVALIDITY (seconds since 1970).</summary>
    public DateTimeOffset? MadeAt { get; init; }
}

/// <summary>
/// Lists one mailbox with its folders and their contents. Cyrus answers a LIST of an administrator by walking through all its mailboxes, so
/// this is too slow to do for every page.
/// </summary>
internal static class MailboxFolders
{
    // Enough for some ten thousands of folders.
    private const long MaxList = 16 * 1024 * 1024;

    /// <summary>Lists the mailbox itself first, then its folders; empty if there is no mailbox.</summary>
    /// <exception cref="CyrusRefusedException">The server said no.</exception>
    public static async Task<IReadOnlyList<MailboxFolder>> ListAsync(
        CyrusSession admin, Username owner, CancellationToken cancellationToken)
    {
        var top = admin.NameOf(owner);
        var below = top + admin.UsersPrefix[^1];
        var folders = new Dictionary<string, MailboxFolder>(StringComparer.Ordinal);
        var question =
            $"LIST \"\" ({ImapText.Quote(top)} {ImapText.Quote(below + "*")}) RETURN (STATUS (MAILBOXID MESSAGES SIZE UIDVALIDITY))";
        var ends = await admin.SendAsync(
            CyrusStep.Folders, [question], (_, line) => Hear(ImapText.Words(line)), cancellationToken, MaxList);
        if (!CyrusCommands.IsOk(ends[0])) throw new CyrusRefusedException(CyrusStep.Folders, CyrusCommands.WordsOf(ends[0]));
        return [.. folders.Values.OrderBy(f => f.Name, StringComparer.Ordinal)];

        void Hear(List<string> words)
        {
            if (words is ["LIST", _, _, var name] && (name == top || name.StartsWith(below, StringComparison.Ordinal)))
                folders[name] = new(name, name == top ? "" : ImapText.Decode(name[below.Length..]));
            else if (words is ["STATUS", var told, var items] && folders.TryGetValue(told, out var folder)) folders[told] = With(
                folder, ImapText.Words(items));
        }
    }

    private static MailboxFolder With(MailboxFolder folder, List<string> items)
    {
        foreach (var pair in items.Chunk(2).Where(p => p.Length == 2))
        {
            var number = long.TryParse(pair[1], NumberStyles.None, CultureInfo.InvariantCulture, out var told) ? told : 0;
            folder = pair[0].ToUpperInvariant() switch
            {
                "MESSAGES" => folder with { Messages = number },
                "SIZE" => folder with { Octets = number },
                "UIDVALIDITY" => folder with { MadeAt = DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(number, 0, uint.MaxValue)) },
                "MAILBOXID" => folder with { Id = MailboxId.TryParse(pair[1], out var id) ? id : null },
                _ => folder,
            };
        }
        return folder;
    }
}
