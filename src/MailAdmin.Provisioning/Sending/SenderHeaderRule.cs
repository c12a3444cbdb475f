using System.Buffers;
using System.Data.Common;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Sending;
using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning.Sending;

/// <summary>Says what is wrong with the headers of a message that say who sends it: each mailbox has to be one that the account may send from.</summary>
internal sealed class SenderHeaderRule(ISenderRights rights, ILogger<SenderHeaderRule> logger)
{
    private static readonly SearchValues<char> Special = SearchValues.Create(" \t<>\",:;()[]\\");

    /// <param name="login">As somebody signed in.</param>
    /// <returns>The line that the client hears; null where all is well. Without From: it is: the envelope sender was looked at before.</returns>
    public string? Refusal(string login, SenderHeaders headers)
    {
        try
        {
            return rights.ChecksFrom() ? FaultOf(login, headers) : null;
        }
        catch (DbException e)
        {
            // Mail goes on with the rights of the maps, as when nobody answers here.
            logger.SendersUnreadable(e);
            return null;
        }
    }

    private string? FaultOf(string login, SenderHeaders headers)
    {
        if (headers.IsTooMuch) return $"550 5.7.1 From: and Sender: name more than {SenderHeaders.MaxMailboxes} addresses or are too long, please send from one address";
        if (headers.Unreadable is { } unreadable) return $"550 5.7.1 {unreadable}: can't be read, please write it as Name <name@domain.example>";
        var name = SenderName.Of(login);
        foreach (var (header, text) in headers.Mailboxes)
        {
            if (name is not null && AddressOf(text) is { } address && rights.MaySendAs(name, address)) continue;
            return $"550 5.7.1 {header}: {Shown(text)} is not an address of this account, please send from one of its own or have your mail hoster add it";
        }
        return null;
    }

    // Only what is an address as it stands: what people type is read more kindly than a header may be.
    private static AddrSpec? AddressOf(string text) =>
        text.AsSpan().ContainsAny(Special) ? null : AddrSpec.TryParse(text, out var address) ? address : null;

    // In an SMTP answer, whose % libmilter's programs write twice, and which has room for 512 octets.
    private static string Shown(string text)
    {
        var shown = new string([.. text.Take(AddrSpec.MaxLength).Select(c => c is > ' ' and < '\x7f' and not '%' ? c : '?')]);
        return shown.Length > 0 ? shown : "(nothing)";
    }
}
