using System.Text.RegularExpressions;
using MailAdmin.Core.Accounts;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>What the server has under a mailbox's name.</summary>
/// <param name="IsThere">Whether a mailbox of that name exists, whoever owns it.</param>
/// <param name="Id">Null if there is no mailbox, or if the server does not tell its id.</param>
internal readonly record struct MetMailbox(bool IsThere, MailboxId? Id);

/// <summary>
/// Distinguishes an account's mailbox from another one of the same name (RFC 8474, decision 0025). Cyrus creates a mailbox with the
/// MAILBOXID that an administrator gives with CREATE. It tells the id of any mailbox in an annotation, which, unlike STATUS, needs no
/// rights in the mailbox.
/// </summary>
internal static partial class MailboxIdentity
{
    private const string Entry = "/shared/vendor/cmu/cyrus-imapd/uniqueid";

    /// <summary>The command that asks for a mailbox's id; it costs the server one lookup in its mailbox list.</summary>
    public static string Question(string mailbox) => $"GETMETADATA {ImapText.Quote(mailbox)} ({Entry})";

    /// <param name="id">The MAILBOXID for the new mailbox; null lets the server choose.</param>
    public static string CreateCommand(string mailbox, MailboxId? id) =>
        $"CREATE {ImapText.Quote(mailbox)}{(id is null ? "" : $" (MAILBOXID {id})")}";

    /// <summary>The id in a completion of CREATE, or null.</summary>
    public static MailboxId? OfCreated(string end) => MailboxId.TryParse(Created().Match(end).Groups["id"].Value, out var id) ? id : null;

    /// <summary>The id in an untagged answer to <see cref="Question"/>; null for another answer.</summary>
    public static MailboxId? Of(List<string> words) =>
        words is ["METADATA", _, var entries] && ImapText.Words(entries) is [Entry, var value] && MailboxId.TryParse(value, out var id)
            ? id : null;

    public static async Task<MetMailbox> ReadAsync(CyrusSession session, Username username, CancellationToken cancellationToken) =>
        (await ReadAsync(session, [username], cancellationToken))[0];

    /// <summary>Reads what each of these names has on the server, with one exchange.</summary>
    /// <exception cref="CyrusUnavailableException">Cyrus can't be asked.</exception>
    public static async Task<IReadOnlyList<MetMailbox>> ReadAsync(
        CyrusSession session, IReadOnlyList<Username> usernames, CancellationToken cancellationToken)
    {
        var ids = new MailboxId?[usernames.Count];
        var ends = await session.SendAsync(
            CyrusStep.Identity, [.. usernames.Select(u => Question(session.NameOf(u)))], (i, line) =>
                ids[i] = Of(ImapText.Words(line)) ?? ids[i], cancellationToken);
        return [.. ends.Select((end, i) => MeetingOf(end, ids[i]))];
    }

    /// <param name="end">The completion of the question. Only the words for a missing mailbox mean that there is none.</param>
    public static MetMailbox MeetingOf(string end, MailboxId? id) => new(CyrusCommands.IsOk(end) || !CyrusCommands.IsAbsence(end), id);

    /// <summary>Checks that the mailbox is this account's, or that there is none.</summary>
    /// <exception cref="ForeignMailboxException">Another mailbox has the name.</exception>
    public static async Task CheckAsync(CyrusSession session, AccountMailbox mailbox, CancellationToken cancellationToken)
    {
        if (mailbox.Id is null) return;
        var met = await ReadAsync(session, mailbox.Username, cancellationToken);
        if (met.IsThere) Check(mailbox, met);
    }

    /// <param name="met">A mailbox that exists.</param>
    /// <exception cref="ForeignMailboxException">It is another mailbox than the account's.</exception>
    /// <exception cref="CyrusRefusedException">The server does not tell the mailbox's id.</exception>
    public static void Check(AccountMailbox mailbox, MetMailbox met)
    {
        if (met.Id is null)
            throw new CyrusRefusedException(
                CyrusStep.Identity, $"Cyrus does not tell what identifies the mailbox of {mailbox.Username} ({Entry})");
        if (mailbox.Id is { } own && own != met.Id) throw new ForeignMailboxException(mailbox.Username, own, met.Id);
    }

    [GeneratedRegex(@"^OK \[MAILBOXID \((?<id>[A-Za-z0-9_-]{1,255})\)\]", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 100)]
    private static partial Regex Created();
}
