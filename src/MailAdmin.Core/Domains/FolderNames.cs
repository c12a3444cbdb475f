using System.Globalization;
using MailAdmin.Core.Results;

namespace MailAdmin.Core.Domains;

/// <summary>
/// Which default folders a domain may have. Cyrus refuses some characters and names, and would refuse each new mailbox its folder; others
/// it takes, but people or mail programs then stumble over them. A test holds this against the real server.
/// </summary>
public static class FolderNames
{
    /// <summary>
    /// Characters of the whole name, however deep the folder is. In the server's encoding it stays well below what a mailbox's name may be
    /// long.
    /// </summary>
    public const int MaxLength = 100;

    // Cyrus 3.6 takes no mailbox with one of the first ten (its GOODCHARS lack them); * is a wildcard of LIST.
    private const string Refused = "!\"%;<>\\^`{|}*";

    // The owner's INBOX is the mailbox itself; under the others Cyrus shows mailboxes of other people.
    private static readonly string[] Reserved = ["INBOX", "Other Users", "Shared Folders"];

    /// <summary>Why a folder can't have this name; a slash goes a level down. Null where it can.</summary>
    public static Problem? FaultOf(string name)
    {
        var levels = name.Split('/');
        if (name.Length > MaxLength || levels.Any(level => level.Length == 0 || level.Trim() != level))
            return DomainProblems.FolderMalformed(name, MaxLength);
        if (name.Any(IsInvisible)) return DomainProblems.FolderInvisible;
        if (name.FirstOrDefault(Refused.Contains) is var character and not default(char))
            return DomainProblems.FolderCharacter(name, character.ToString());
        // To the file system these are the folder itself and the one above.
        if (levels.FirstOrDefault(level => level.All(c => c == '.')) is { } dots) return DomainProblems.FolderReserved(dots);
        return Reserved.FirstOrDefault(r => r.Equals(levels[0], StringComparison.OrdinalIgnoreCase)) is { } reserved
            ? DomainProblems.FolderReserved(reserved) : null;
    }

    // Control characters, marks of direction, half a character.
    private static bool IsInvisible(char c) => char.IsControl(c) || CharUnicodeInfo.GetUnicodeCategory(c)
        is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.OtherNotAssigned;
}
