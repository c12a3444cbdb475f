using System.Globalization;
using MailAdmin.Core.Results;

namespace MailAdmin.Core.Domains;

/// <summary>
/// Checks the names of a domain's default folders. Cyrus refuses some characters and names, and would then refuse the folder in each new
/// mailbox; it accepts others that cause trouble for users or mail programs. A test checks this against the real server.
/// </summary>
public static class FolderNames
{
    /// <summary>
    /// Maximum number of characters of the whole name, at any depth. In the server's encoding this stays well below the maximum length of a
    /// mailbox name.
    /// </summary>
    public const int MaxLength = 100;

    // Cyrus 3.6 accepts no mailbox name with one of the first ten (its GOODCHARS lack them); * is a wildcard of LIST.
    private const string Refused = "!\"%;<>\\^`{|}*";

    // INBOX is the owner's mailbox itself; below the others Cyrus shows mailboxes of other users.
    private static readonly string[] Reserved = ["INBOX", "Other Users", "Shared Folders"];

    /// <summary>Why a folder cannot have this name; a slash separates levels. Null if it can.</summary>
    public static Problem? FaultOf(string name)
    {
        var levels = name.Split('/');
        if (name.Length > MaxLength || levels.Any(level => level.Length == 0 || level.Trim() != level))
            return DomainProblems.FolderMalformed(name, MaxLength);
        if (name.Any(IsInvisible)) return DomainProblems.FolderInvisible;
        if (name.FirstOrDefault(Refused.Contains) is var character and not default(char))
            return DomainProblems.FolderCharacter(name, character.ToString());
        // The file system would read these as the folder itself and its parent.
        if (levels.FirstOrDefault(level => level.All(c => c == '.')) is { } dots) return DomainProblems.FolderReserved(dots);
        return Reserved.FirstOrDefault(r => r.Equals(levels[0], StringComparison.OrdinalIgnoreCase)) is { } reserved
            ? DomainProblems.FolderReserved(reserved) : null;
    }

    // Control characters, direction marks, lone surrogates.
    private static bool IsInvisible(char c) => char.IsControl(c) || CharUnicodeInfo.GetUnicodeCategory(c)
        is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.OtherNotAssigned;
}
