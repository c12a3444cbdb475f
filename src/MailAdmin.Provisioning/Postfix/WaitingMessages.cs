using MailAdmin.Core.Accounts;

namespace MailAdmin.Provisioning.Postfix;

/// <summary>A message that Postfix has accepted and that is not in its mailbox yet.</summary>
/// <param name="Sender">The envelope sender; empty for a bounce.</param>
/// <param name="Size">Octets.</param>
/// <param name="Reason">In the words of the server that did not accept it; null before the first attempt.</param>
public sealed record WaitingMessage(string Sender, long Size, DateTimeOffset Since, string? Reason)
{
    private static readonly string[] OverQuotaCodes = [" 4.2.2 ", " 5.2.2 "];

    /// <summary>Whether the message is larger than the free space of the mailbox (RFC 3463: X.2.2).</summary>
    public bool IsOverQuota => LacksRoom(Reason);

    internal static bool LacksRoom(string? reason) =>
        reason is not null && OverQuotaCodes.Any(c => reason.Contains(c, StringComparison.Ordinal));
}

/// <summary>Why a message waits, as far as its delivery's words tell.</summary>
public enum WaitingReason
{
    /// <summary>It is larger than the free space of the mailbox.</summary>
    OverQuota,

    /// <summary>The mail store could not be reached.</summary>
    Unreachable,

    /// <summary>Somebody has put it on hold.</summary>
    OnHold,

    /// <summary>No delivery was tried yet.</summary>
    NotTried,

    Other,
}

/// <summary>The messages that wait for one mailbox.</summary>
/// <param name="Count">Messages.</param>
/// <param name="OverQuota">How many of them are larger than the free space.</param>
/// <param name="Oldest">The oldest of them.</param>
public sealed record MailboxWaiting(int Count, int OverQuota, IReadOnlyList<WaitingMessage> Oldest)
{
    public static MailboxWaiting None { get; } = new(0, 0, []);
}

/// <summary>The messages that wait for mailboxes on this host, as of the last reading of the queue.</summary>
public sealed class WaitingMessages
{
    // The most messages that are kept for each mailbox: a page shows no more, and a queue may be long.
    private const int Most = 20;

    private static readonly string[] Unreachable = ["connect to ", "timed out", "lost connection"];

    private readonly Dictionary<string, MailboxWaiting> _mailboxes;
    private readonly Dictionary<WaitingReason, int> _reasons;

    internal WaitingMessages(DateTimeOffset at, IEnumerable<QueuedMail> queue)
    {
        At = at;
        List<QueuedMail> waiting = [.. queue.Where(m => m.IsDeferred || m.IsOnHold)];
        _reasons = waiting.SelectMany(m => m.Recipients.Select(r => ReasonOf(m, r))).CountBy(r => r).ToDictionary();
        _mailboxes = waiting.SelectMany(
                m => m.Recipients.Select(
                    r => (Name: NameOf(r.Address), Message: new WaitingMessage(m.Sender, m.Size, m.ArrivedAt, r.Reason))))
            .GroupBy(m => m.Name, m => m.Message, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => Of([.. g]), StringComparer.Ordinal);
    }

    public static WaitingMessages None { get; } = new(DateTimeOffset.UnixEpoch, []);

    /// <summary>When the queue was read.</summary>
    public DateTimeOffset At { get; }

    /// <summary>Usernames with a waiting message that is too large for the free space, most messages first.</summary>
    public IReadOnlyList<string> LackingRoom =>
        [.. _mailboxes.Where(m => m.Value.OverQuota > 0).OrderByDescending(m => m.Value.OverQuota)
            .ThenBy(m => m.Key, StringComparer.Ordinal).Select(m => m.Key)];

    /// <summary>The number of messages in all mailboxes' queues that are too large for the free space.</summary>
    public int OverQuota => _mailboxes.Values.Sum(m => m.OverQuota);

    /// <summary>The number of messages that wait for this reason; one for each recipient.</summary>
    public int CountOf(WaitingReason reason) => _reasons.GetValueOrDefault(reason);

    public MailboxWaiting Of(Username username) => _mailboxes.GetValueOrDefault(username.Value, MailboxWaiting.None);

    private static MailboxWaiting Of(List<WaitingMessage> messages) =>
        new(messages.Count, messages.Count(m => m.IsOverQuota), [.. messages.OrderBy(m => m.Since).Take(Most)]);

    // Postfix' own words (smtp_connect.c, lmtp(8)): "connect to …: Connection refused", "… timed out", "lost connection with …".
    private static WaitingReason ReasonOf(QueuedMail mail, QueuedRecipient recipient) => recipient.Reason switch
    {
        _ when mail.IsOnHold => WaitingReason.OnHold,
        null => WaitingReason.NotTried,
        { } reason when WaitingMessage.LacksRoom(reason) => WaitingReason.OverQuota,
        { } reason when Unreachable.Any(words => reason.Contains(words, StringComparison.OrdinalIgnoreCase)) => WaitingReason.Unreachable,
        _ => WaitingReason.Other,
    };

    private static string NameOf(string address) => address[..address.LastIndexOf('@')].ToLowerInvariant();
}
