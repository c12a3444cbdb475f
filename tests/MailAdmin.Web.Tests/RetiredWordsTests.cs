using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests;

/// <summary>One concept has one name (docs/glossary.md). Names that were given up must not come back.</summary>
[Trait("Lane", "unit")]
public sealed class RetiredWordsTests
{
    // Only names of types and members are checked; the same words in sentences are plain English.
    private static readonly HashSet<string> Retired =
    [
        .. """
            Wish WishAsync WishNew HasWishes MailboxWish BookAsync NoteAsync SeeAsync ConcernDomains ConcernAccounts MapScope Adoption AdoptAsync HandsOn AtTheDoor ThroughOthers
            Strangers Stranded Sentinel LiveMaps TakeMapRow QuietImapStream ImapManners CyrusWire SieveWire CertificateWire ImapDoor SieveDoor SetupDoor NewMailboxes
            Fullness FullnessRepository HashLane HashLaneFullException GuessDelay SteadyClock SignInDelays SecondStepLimit VerifiedCredentials LoginClients AccountLosses
            AliasLosses Losses Losing Likeness NeedsAttribute AdminPlace MailServices IsComing IsGoing ReadingName IsRehearsal Rehearsal Onwards PasswordSeal PasswordTicket
            OutboxTask OutboxTasks OutboxKind TaskState TaskOutcome TaskPhase TaskRow TaskService TaskRepository TaskCounts TaskSubject
            TaskProblems UserTasks AdoptUncheckedAsync WishForDomainAsync WishesAsync Book BookMailboxesAsync NoteActivatedAsync
            NoteTriedAsync NotePlaceAsync NotePasswordAsync NotePasskeyAsync NoteAddressAsync FindLossesAsync DeleteLosing Leading
            LeadingTo LeadingAlias HiddenLeading MailboxNotBooked AuditPlace AccountPlace ConfirmPlacesAsync ConfirmPlaces PlacesConfirmed
            IsNewPlace NewPlace lane losses isHis RetryAllAwayAsync GiveWay HasAsked GoneThrough Weighed Generation StrangersOf
            StepStranded IsFinal LookAsync Patience DestinationReader RedirectReader
            """.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries),
    ];

    [Fact]
    public void No_name_in_the_code_is_one_that_was_given_up()
    {
        var files = SourceFiles.Below("src");
        Assert.True(files.Count > 500);

        Assert.Empty(files.SelectMany(f => RetiredIn(f).Select(word => $"{Path.GetRelativePath(SourceFiles.Root, f)}: {word}")));
    }

    private static IEnumerable<string> RetiredIn(string file) =>
        from line in File.ReadLines(file)
        where !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
        from word in line.Split(
            [.. line.Where(c => !char.IsLetterOrDigit(c) && c != '_').Distinct()], StringSplitOptions.RemoveEmptyEntries)
        where Retired.Contains(word)
        select word;
}
