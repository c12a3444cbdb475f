using System.Text;

namespace MailAdmin.Provisioning.Sending;

/// <summary>The message as the milter protocol has transmitted it so far.</summary>
/// <param name="login">The name that the client signed in with; empty without a sign-in.</param>
/// <param name="author">The client's AUTH parameter of MAIL FROM, which names the user whose mail it is; empty without one.</param>
internal sealed class MilterMessage(string login, string author)
{
    /// <summary>The most recipients of a message that are checked: Cyrus sends one message to each recipient.</summary>
    public const int MaxRecipients = 100;

    private readonly List<string> _recipients = [];

    public string Login => login;

    public string Author => author;

    /// <summary>Whether an account's rights have to be checked.</summary>
    public bool IsBound => login.Length + author.Length > 0;

    public IReadOnlyList<string> Recipients => _recipients;

    public bool HasTooManyRecipients { get; private set; }

    public SenderHeaders Senders { get; } = new();

    /// <summary>
    /// The Sieve action for which Cyrus sends this message: <c>redirect</c>, <c>vacation</c>, <c>reject</c>. Cyrus writes this header
    /// before any header that a script or the original sender can influence, so the first one is Cyrus' own. Null without that header.
    /// </summary>
    public string? SieveAction { get; private set; }

    /// <param name="recipient">In the protocol's format: the path, NUL, its parameters.</param>
    public void AddRecipient(ReadOnlySpan<byte> recipient)
    {
        if (_recipients.Count == MaxRecipients) HasTooManyRecipients = true;
        else _recipients.Add(Text(recipient, out _).Trim('<', '>'));
    }

    /// <param name="header">In the protocol's format: name, NUL, value, NUL.</param>
    /// <param name="isCut">Whether the value was longer.</param>
    public void AddHeader(ReadOnlySpan<byte> header, bool isCut)
    {
        // "From :" is a From header too (RFC 5322, section 4.5).
        var name = Text(header, out var value).Trim(' ', '\t');
        if (name.Equals("X-Sieve-Action", StringComparison.OrdinalIgnoreCase)) SieveAction ??= Text(value, out _).Trim();
        else Senders.Add(name, value is [.. var rest, 0] ? rest : value, isCut);
    }

    private static string Text(ReadOnlySpan<byte> octets, out ReadOnlySpan<byte> rest)
    {
        var end = octets.IndexOf((byte)0);
        rest = end < 0 ? [] : octets[(end + 1)..];
        return Encoding.ASCII.GetString(end < 0 ? octets : octets[..end]);
    }
}
