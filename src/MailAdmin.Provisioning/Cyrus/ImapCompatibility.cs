using System.Text.RegularExpressions;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>
/// Compensates for MailKit 4.18's behaviour with a large Cyrus: Cyrus answers each LIST of an administrator by walking through all its
/// mailboxes, and MailKit sends several LIST commands on its own. <c>docs/decisions/0003-quiet-imap-stream.md</c> has the measurements. All
/// lines are passed with their CRLF.
/// </summary>
internal static partial class ImapCompatibility
{
    private const string Name = """("([^"\\*%]|\\["\\])+"|[^ "(){}%*\\\r\n]+)""";

    /// <summary>
    /// The answer to a command that need not go to the server, or null. Every mailbox that is asked for by name is reported as existing
    /// (once the separator is known): the next command tells the truth. A LIST of everything is answered with an empty list.
    /// </summary>
    public static string? AnswerTo(string line, char? separator)
    {
        if (Everything().Match(line) is { Success: true } all) return $"{all.Groups["tag"].Value} OK Completed\r\n";
        if (ByName().Match(line) is not { Success: true } one) return null;
        var row = separator is null ? "" : $"* LIST () \"{separator}\" {one.Groups["name"].Value}\r\n";
        return $"{row}{one.Groups["tag"].Value} OK Completed\r\n";
    }

    /// <summary>
    /// The answer as MailKit gets it. MailKit treats a NO to CREATE as OK if the mailbox exists, but the panel needs to know who created
    /// it: the response code ALREADYEXISTS is removed.
    /// </summary>
    public static string Hear(string line) => AlreadyExists().Replace(line, "${no}");

    [GeneratedRegex(
        """^(?<tag>[^ ]+) (XLIST|LIST \(SPECIAL-USE\)) "" "?\*"?( RETURN \([A-Z -]*\))?\r\n$""", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Everything();

    // An empty name asks for the separator, and a name with * or % asks for many mailboxes: the server answers those.
    [GeneratedRegex($"""^(?<tag>[^ ]+) LIST "" (?<name>{Name})( RETURN \([A-Z -]*\))?\r\n$""", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex ByName();

    [GeneratedRegex(@"^(?<no>[^ ]+ NO )\[ALREADYEXISTS\] ", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex AlreadyExists();
}
