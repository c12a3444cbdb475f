using MimeKit;

namespace MailAdmin.Provisioning.Sending;

/// <summary>
/// Reads the mailboxes of a header strictly, as every mail program reads them: if programs could disagree about it, nothing is returned.
/// </summary>
internal static class HeaderMailboxes
{
    // Rejects a name with an unquoted comma, an address without a domain, an unclosed bracket.
    private static readonly ParserOptions Strict = new()
    {
        AddressParserComplianceMode = RfcComplianceMode.Strict,
        AllowAddressesWithoutDomain = false,
        AllowUnquotedCommasInAddresses = false,
        MaxAddressGroupDepth = 1,
    };

    /// <returns>Null if another program might read something else, or if the header contains no mailbox.</returns>
    public static IReadOnlyList<string>? Read(ReadOnlySpan<byte> value)
    {
        var text = value.ToArray();
        // Folded lines end in LF here. Any other control character could be read as a line end by some program.
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' && i + 1 < text.Length && text[i + 1] is (byte)' ' or (byte)'\t') text[i] = (byte)' ';
            if (text[i] is < 0x20 and not (byte)'\t' or 0x7F) return null;
        }
        if (Parse(text) is not { } list) return null;
        var mailboxes = list.Mailboxes.ToList();
        return mailboxes.Count == 0 || mailboxes.Any(m => m.Route.Count > 0) ? null : [.. mailboxes.Select(m => m.Address)];
    }

    // An exception of the parser would end the connection, and Postfix would then accept the message.
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
