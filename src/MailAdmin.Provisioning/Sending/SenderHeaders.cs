using System.Buffers;
using MailAdmin.Core.Addresses;

namespace MailAdmin.Provisioning.Sending;

/// <summary>
/// The headers of a message that say who sends it, as they come one after the other: From: and Sender: (RFC 5322, section 3.6.2). Some
/// programs show both ("one on behalf of the other"). Resent-From: and its like are left alone: they say who passed the message on, and
/// nothing shows them as its author.
/// </summary>
internal sealed class SenderHeaders
{
    /// <summary>Octets of all these headers together.</summary>
    public const int MaxLength = 16 * 1024;

    /// <summary>Mailboxes of all these headers together.</summary>
    public const int MaxMailboxes = 20;

    private static readonly string[] Names = ["From", "Sender"];
    private static readonly SearchValues<char> Special = SearchValues.Create(" \t<>\",:;()[]\\");

    private readonly List<(string Header, string Address)> _mailboxes = [];
    private string? _unreadable;
    private bool _isTooMuch;
    private int _length;

    /// <param name="header">The header's name; others are passed over.</param>
    /// <param name="isCut">The value went on.</param>
    public void Add(string header, ReadOnlySpan<byte> value, bool isCut)
    {
        if (Names.FirstOrDefault(n => n.Equals(header, StringComparison.OrdinalIgnoreCase)) is not { } name || _isTooMuch) return;
        _isTooMuch = isCut || (_length += value.Length) > MaxLength;
        if (_isTooMuch) return;
        if (HeaderMailboxes.Read(value) is { } addresses) _mailboxes.AddRange(addresses.Select(a => (name, a)));
        else _unreadable ??= name;
        _isTooMuch = _mailboxes.Count > MaxMailboxes;
    }

    /// <summary>What is wrong with them, in a sentence for people; null where every mailbox is allowed.</summary>
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

    // Only what is an address as it stands: what people type is read more kindly than a header may be.
    private static AddrSpec? AddressOf(string text) =>
        !text.AsSpan().ContainsAny(Special) && AddrSpec.TryParse(text, out var address) ? address : null;

    // In an SMTP answer, whose % libmilter's programs write twice, and which has room for 512 octets.
    private static string Shown(string text)
    {
        var shown = new string([.. text.Take(AddrSpec.MaxLength).Select(c => c is > ' ' and < '\x7f' and not '%' ? c : '?')]);
        return shown.Length > 0 ? shown : "(nothing)";
    }
}
