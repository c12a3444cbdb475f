using System.Buffers;
using MailAdmin.Core.Addresses;

namespace MailAdmin.Provisioning.Sending;

/// <summary>
/// Collects the headers of a message that say who sends it: From: and Sender: (RFC 5322, section 3.6.2). Some programs show both ("one on
/// behalf of the other"). Resent-From: and the like are ignored: they say who resent the message, and no program shows them as its author.
/// </summary>
internal sealed class SenderHeaders
{
    /// <summary>The most octets of all these headers together.</summary>
    public const int MaxLength = 16 * 1024;

    /// <summary>The most mailboxes in all these headers together.</summary>
    public const int MaxMailboxes = 20;

    private static readonly string[] Names = ["From", "Sender"];
    private static readonly SearchValues<char> Special = SearchValues.Create(" \t<>\",:;()[]\\");

    private readonly List<(string Header, string Address)> _mailboxes = [];
    private string? _unreadable;
    private bool _isTooMuch;
    private int _length;

    /// <param name="header">The header's name; other headers are ignored.</param>
    /// <param name="isCut">Whether the value was longer.</param>
    public void Add(string header, ReadOnlySpan<byte> value, bool isCut)
    {
        if (Names.FirstOrDefault(n => n.Equals(header, StringComparison.OrdinalIgnoreCase)) is not { } name || _isTooMuch) return;
        _isTooMuch = isCut || (_length += value.Length) > MaxLength;
        if (_isTooMuch) return;
        if (HeaderMailboxes.Read(value) is { } addresses) _mailboxes.AddRange(addresses.Select(a => (name, a)));
        else _unreadable ??= name;
        _isTooMuch = _mailboxes.Count > MaxMailboxes;
    }

    /// <summary>The fault, as a sentence for people; null if every mailbox is allowed.</summary>
    public string? Fault(Func<AddrSpec, bool> isAllowed)
    {
        if (_isTooMuch) return $"From: and Sender: name more than {MaxMailboxes} addresses or are too long, please send from one address";
        if (_unreadable is not null) return $"{_unreadable}: can't be read, please write it as Name <name@domain.example>";
        foreach (var (header, text) in _mailboxes)
        {
            if (AddressOf(text) is { } address && isAllowed(address)) continue;
            return $"{header}: {Shown(text)} is not an address of this account, please send from one of its own or have your mail hoster add it";
        }
        return null;
    }

    // Accept only a literal address: AddrSpec parses what people type more leniently than a header allows.
    private static AddrSpec? AddressOf(string text) =>
        !text.AsSpan().ContainsAny(Special) && AddrSpec.TryParse(text, out var address) ? address : null;

    // The text goes into an SMTP answer, which has room for 512 octets, and in which libmilter's programs double a %.
    private static string Shown(string text)
    {
        var shown = new string([.. text.Take(AddrSpec.MaxLength).Select(c => c is > ' ' and < '\x7f' and not '%' ? c : '?')]);
        return shown.Length > 0 ? shown : "(nothing)";
    }
}
