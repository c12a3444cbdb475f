using System.Text.RegularExpressions;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>
/// What has to be put right between MailKit 4.18 and a large Cyrus. To an administrator Cyrus answers each LIST by walking through all its
/// mailboxes, and MailKit sends several on its own account.
/// <c>docs/decisions/0003-quiet-imap-stream.md</c> says what was measured. Lines come and go with their CRLF.
/// </summary>
internal static partial class ImapCompatibility
{
    private const string Name = """("([^"\\*%]|\\["\\])+"|[^ "(){}%*\\\r\n]+)""";

    /// <summary>
    /// The answer to a command that need not go to the server, or null. Every mailbox asked for by name seems to be there (where the
    /// separator is known): the next command tells the truth. To be shown everything is answered with nothing.
    /// </summary>
    public static string? AnswerTo(string line, char? separator)
    {
        if (Everything().Match(line) is { Success: true } all) return $"{all.Groups["tag"].Value} OK Completed\r\n";
        if (ByName().Match(line) is not { Success: true } one) return null;
        var row = separator is null ? "" : $"* LIST () \"{separator}\" {one.Groups["name"].Value}\r\n";
        return $"{row}{one.Groups["tag"].Value} OK Completed\r\n";
    }

    /// <summary>
    /// What MailKit is to hear of an answer: it takes a NO for an OK where the mailbox exists, but who made it is what we ask.
    /// </summary>
    public static string Hear(string line) => AlreadyExists().Replace(line, "${no}");

    [GeneratedRegex(
        """^(?<tag>[^ ]+) (XLIST|LIST \(SPECIAL-USE\)) "" "?\*"?( RETURN \([A-Z -]*\))?\r\n$""", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Everything();

    // A name of no octets asks for the separator and one with * or % for many mailboxes: those are for the server.
    [GeneratedRegex($"""^(?<tag>[^ ]+) LIST "" (?<name>{Name})( RETURN \([A-Z -]*\))?\r\n$""", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex ByName();

    [GeneratedRegex(@"^(?<no>[^ ]+ NO )\[ALREADYEXISTS\] ", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex AlreadyExists();
}
