namespace MailAdmin.Provisioning.MailboxCopies;

/// <summary>The flags and keywords of a message (RFC 3501, 2.3.2) as one text that is the same for the same flags.</summary>
internal static class MessageFlags
{
    private static readonly string[] System = [@"\Answered", @"\Deleted", @"\Draft", @"\Flagged", @"\Seen"];

    /// <summary>
    /// In order, with a space between. What only the server itself sets (<c>\Recent</c>), and what no atom can be, is left out.
    /// </summary>
    public static string Of(IEnumerable<string> flags) => string.Join(' ', flags.Select(Known).OfType<string>()
        .Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal));

    /// <summary>The system flags among them: those that every server takes.</summary>
    public static string WithoutKeywords(string flags) => string.Join(' ', Split(flags).Where(f => f[0] == '\\'));

    /// <summary>What has to be set and unset to follow from one to the other.</summary>
    public static (string Set, string Unset) Difference(string before, string after) => (
        string.Join(' ', Split(after).Except(Split(before), StringComparer.OrdinalIgnoreCase)),
        string.Join(' ', Split(before).Except(Split(after), StringComparer.OrdinalIgnoreCase)));

    private static string[] Split(string flags) => flags.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string? Known(string flag) => flag.StartsWith('\\')
        ? Array.Find(System, s => s.Equals(flag, StringComparison.OrdinalIgnoreCase))
        : IsAtom(flag) ? flag : null;

    private static bool IsAtom(string text) =>
        text.Length > 0 && text.All(c => c is > ' ' and < (char)127 and not ('(' or ')' or '{' or '%' or '*' or '"' or '\\' or ']'));
}
