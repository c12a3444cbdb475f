using System.Text;
using MimeKit;

namespace MailAdmin.Provisioning.Sending;

/// <summary>
/// The headers of a message that say who sends it, as they come one after the other: From: and Sender: (RFC 5322, section 3.6.2). Some programs show both
/// ("one on behalf of the other"). Resent-From: and its like are left alone: they say who passed the message on, and nothing shows them as its author.
/// </summary>
internal sealed class SenderHeaders
{
    /// <summary>Octets of all these headers together.</summary>
    public const int MaxLength = 16 * 1024;

    /// <summary>Mailboxes of all these headers together.</summary>
    public const int MaxMailboxes = 20;

    private static readonly string[] Names = ["From", "Sender"];

    // What mail programs disagree about is read by nobody here: a name with a comma, an address without a domain, half a bracket.
    private static readonly ParserOptions Strict = new()
    {
        AddressParserComplianceMode = RfcComplianceMode.Strict,
        AllowAddressesWithoutDomain = false,
        AllowUnquotedCommasInAddresses = false,
        MaxAddressGroupDepth = 1,
    };

    private readonly List<(string Header, string Address)> _mailboxes = [];
    private int _length;

    /// <summary>Each mailbox, with the header that it stands in.</summary>
    public IReadOnlyList<(string Header, string Address)> Mailboxes => _mailboxes;

    /// <summary>The first header that can't be read; null where all can.</summary>
    public string? Unreadable { get; private set; }

    /// <summary>They are longer, or name more mailboxes, than is looked at.</summary>
    public bool IsTooMuch { get; private set; }

    /// <param name="header">As the protocol has it: name, NUL, value, NUL.</param>
    /// <param name="isCut">The value went on.</param>
    public void Add(ReadOnlySpan<byte> header, bool isCut)
    {
        var end = header.IndexOf((byte)0);
        if (end < 0) end = header.Length;
        // "From :" is one as well (RFC 5322, section 4.5).
        var text = Encoding.ASCII.GetString(header[..end].Trim(" \t"u8));
        if (Names.FirstOrDefault(n => n.Equals(text, StringComparison.OrdinalIgnoreCase)) is not { } name || IsTooMuch) return;
        var value = header[Math.Min(end + 1, header.Length)..];
        if (value is [.. var rest, 0]) value = rest;
        IsTooMuch = isCut || (_length += value.Length) > MaxLength;
        if (!IsTooMuch) Add(name, value);
    }

    private void Add(string name, ReadOnlySpan<byte> value)
    {
        var addresses = Read(value);
        if (addresses is null) Unreadable ??= name;
        else _mailboxes.AddRange(addresses.Select(a => (name, a)));
        IsTooMuch |= _mailboxes.Count > MaxMailboxes;
    }

    // Null where another program might read something else, or nobody is named.
    private static List<string>? Read(ReadOnlySpan<byte> value)
    {
        var text = value.ToArray();
        // Folded lines end in LF here. Another control character could end the line for somebody.
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is (byte)'\r' or (byte)'\n' && i + 1 < text.Length && text[i + 1] is (byte)' ' or (byte)'\t' or (byte)'\n') text[i] = (byte)' ';
            if (text[i] is < 0x20 and not (byte)'\t' or 0x7F) return null;
        }
        if (Parse(text) is not { } list) return null;
        var mailboxes = list.Mailboxes.ToList();
        return mailboxes.Count == 0 || mailboxes.Any(m => m.Route.Count > 0) ? null : [.. mailboxes.Select(m => m.Address)];
    }

    // A fault of the parser would end the connection, and let the message pass.
    private static InternetAddressList? Parse(byte[] text)
    {
        try
        {
            return InternetAddressList.TryParse(Strict, text, 0, text.Length, out var list) ? list : null;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException or IndexOutOfRangeException)
        {
            return null;
        }
    }
}
