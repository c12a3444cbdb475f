using System.Text;

namespace MailAdmin.Provisioning.Sending;

/// <summary>A message as far as the milter protocol has brought it here.</summary>
/// <param name="login">As whom the client signed in; empty for who did not.</param>
/// <param name="author">Whose mail it is, as the client says; empty where it says nothing.</param>
internal sealed class MilterMessage(string login, string author)
{
    /// <summary>Recipients of one message that are looked at: Cyrus sends one message to each.</summary>
    public const int MaxRecipients = 100;

    private readonly List<string> _recipients = [];

    public string Login => login;

    public string Author => author;

    /// <summary>Somebody's rights are to be looked at.</summary>
    public bool IsBound => login.Length + author.Length > 0;

    public IReadOnlyList<string> Recipients => _recipients;

    public bool HasTooManyRecipients { get; private set; }

    public SenderHeaders Senders { get; } = new();

    /// <summary>
    /// What Cyrus does with its script here: <c>redirect</c>, <c>vacation</c>, <c>reject</c>. It writes that before anything that a script
    /// or a stranger has a say in, so the first such header is its own. Null where there is none.
    /// </summary>
    public string? SieveAction { get; private set; }

    /// <param name="recipient">As the protocol has it: the path, NUL, its parameters.</param>
    public void AddRecipient(ReadOnlySpan<byte> recipient)
    {
        if (_recipients.Count == MaxRecipients) HasTooManyRecipients = true;
        else _recipients.Add(Text(recipient, out _).Trim('<', '>'));
    }

    /// <param name="header">As the protocol has it: name, NUL, value, NUL.</param>
    /// <param name="isCut">The value went on.</param>
    public void AddHeader(ReadOnlySpan<byte> header, bool isCut)
    {
        // "From :" is one as well (RFC 5322, section 4.5).
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
