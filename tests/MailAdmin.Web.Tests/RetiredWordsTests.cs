namespace MailAdmin.Web.Tests;

/// <summary>One concept has one name (docs/glossary.md). Names that were given up do not come back.</summary>
[Trait("Lane", "unit")]
public sealed class RetiredWordsTests
{
    // Names of types and members; the same words in sentences are English.
    private static readonly HashSet<string> Retired =
    [
        .. """
            Wish WishAsync WishNew HasWishes MailboxWish BookAsync NoteAsync SeeAsync ConcernDomains ConcernAccounts MapScope Adoption AdoptAsync HandsOn AtTheDoor ThroughOthers
            Strangers Stranded Sentinel LiveMaps TakeMapRow QuietImapStream ImapManners CyrusWire SieveWire CertificateWire ImapDoor SieveDoor SetupDoor NewMailboxes
            Fullness FullnessRepository HashLane HashLaneFullException GuessDelay SteadyClock SignInDelays SecondStepLimit VerifiedCredentials LoginClients AccountLosses
            AliasLosses Losses Losing Likeness NeedsAttribute AdminPlace MailServices IsComing IsGoing ReadingName IsRehearsal Rehearsal Onwards PasswordSeal PasswordTicket
            """.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries),
    ];

    [Fact]
    public void No_name_in_the_code_is_one_that_was_given_up()
    {
        var root = Root();
        var files = Directory.EnumerateFiles(Path.Combine(root, "src"), "*.cs", SearchOption.AllDirectories).Where(IsOurs).ToList();
        Assert.True(files.Count > 500);

        Assert.Empty(files.SelectMany(f => RetiredIn(f).Select(word => $"{Path.GetRelativePath(root, f)}: {word}")));
    }

    private static IEnumerable<string> RetiredIn(string file) =>
        from line in File.ReadLines(file)
        where !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
        from word in line.Split([.. line.Where(c => !char.IsLetterOrDigit(c) && c != '_').Distinct()], StringSplitOptions.RemoveEmptyEntries)
        where Retired.Contains(word)
        select word;

    private static bool IsOurs(string file) => !((string[])["obj", "bin", "Migrations"]).Any(folder => file.Contains($"/{folder}/", StringComparison.Ordinal));

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "MailAdmin.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
