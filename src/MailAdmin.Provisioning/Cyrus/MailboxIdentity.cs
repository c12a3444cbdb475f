using System.Text.RegularExpressions;
using MailAdmin.Core.Accounts;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>What the server has under a mailbox's name.</summary>
/// <param name="IsThere">A mailbox, whosever.</param>
/// <param name="Id">Null where there is none, or where the server does not tell.</param>
internal readonly record struct MetMailbox(bool IsThere, MailboxId? Id);

/// <summary>
/// Tells an account's mailbox from another one of its name (RFC 8474, decision 0025). Cyrus makes a mailbox under the identity that an
/// administrator names with CREATE; and tells that of any mailbox by an annotation, which needs no rights in it, as STATUS would.
/// </summary>
internal static partial class MailboxIdentity
{
    private const string Entry = "/shared/vendor/cmu/cyrus-imapd/uniqueid";

    /// <summary>The question to be sent; it costs the server one look into its list.</summary>
    public static string Question(string mailbox) => $"GETMETADATA {ImapText.Quote(mailbox)} ({Entry})";

    /// <param name="id">Null leaves it to the server.</param>
    public static string CreateCommand(string mailbox, MailboxId? id) =>
        $"CREATE {ImapText.Quote(mailbox)}{(id is null ? "" : $" (MAILBOXID {id})")}";

    /// <summary>What the answer to CREATE tells.</summary>
    public static MailboxId? OfCreated(string end) => MailboxId.TryParse(Created().Match(end).Groups["id"].Value, out var id) ? id : null;

    /// <summary>What an untagged answer to <see cref="Question"/> tells; null where it is another one.</summary>
    public static MailboxId? Of(List<string> words) =>
        words is ["METADATA", _, var entries] && ImapText.Words(entries) is [Entry, var value] && MailboxId.TryParse(value, out var id)
            ? id : null;

    public static async Task<MetMailbox> ReadAsync(CyrusSession session, Username username, CancellationToken cancellation) =>
        (await ReadAsync(session, [username], cancellation))[0];

    /// <summary>What is there under each of these names, asked for together.</summary>
    /// <exception cref="CyrusUnavailableException">Cyrus can't be asked.</exception>
    public static async Task<IReadOnlyList<MetMailbox>> ReadAsync(
        CyrusSession session, IReadOnlyList<Username> usernames, CancellationToken cancellation)
    {
        var ids = new MailboxId?[usernames.Count];
        var ends = await session.SendAsync(
            CyrusStep.Identity, [.. usernames.Select(u => Question(session.NameOf(u)))], (i, line) =>
                ids[i] = Of(ImapText.Words(line)) ?? ids[i], cancellation);
        return [.. ends.Select((end, i) => MeetingOf(end, ids[i]))];
    }

    /// <param name="end">How the question was answered. Only the words for a missing mailbox mean that there is none.</param>
    public static MetMailbox MeetingOf(string end, MailboxId? id) => new(CyrusCommands.IsOk(end) || !CyrusCommands.IsAbsence(end), id);

    /// <summary>The mailbox is this account's, or there is none.</summary>
    /// <exception cref="ForeignMailboxException">Another one has its name.</exception>
    public static async Task CheckAsync(CyrusSession session, AccountMailbox mailbox, CancellationToken cancellation)
    {
        if (mailbox.Id is null) return;
        var met = await ReadAsync(session, mailbox.Username, cancellation);
        if (met.IsThere) Check(mailbox, met);
    }

    /// <param name="met">A mailbox that is there.</param>
    /// <exception cref="ForeignMailboxException">It is another one.</exception>
    /// <exception cref="CyrusRefusedException">The server does not tell.</exception>
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
