using MailAdmin.Provisioning.Sieve;

namespace MailAdmin.Provisioning.Tests.Sieve;

[Trait("Lane", "unit")]
public sealed class VacationScriptTests
{
    private static readonly UserScript Perso = new("perso", []);

    // C040, C044, C050, C052, C054
    [Theory]
    [InlineData("Je suis \"absent\" jusqu'au 3, dossier C:\\temp\\")]
    [InlineData("un\ndeux\ntrois\nquatre")]
    [InlineData("un\n.\n..\nfin")]
    [InlineData("Voir <https://www.example.org> & contacter \"Marie\" </textarea><b>")]
    [InlineData("Matin 9-12 | soir 14-17 / 50% & plus $1 \\n ~ ^ # ;")]
    [InlineData("À bientôt 🏝️ ${1} ${d} $${0} ${unicode:41} /* x */ # y")]
    [InlineData("\"; redirect \"thief@example.org\"; keep \"")]
    [InlineData("text:\n.\nredirect \"thief@example.org\";")]
    public void The_text_reaches_the_server_as_it_was_typed(string text)
    {
        using var tools = new SieveTools();

        var understood = tools.Understand(VacationScript.Write(Vacations.Of(text, text.Split('\n')[0]), Perso, SieveTools.AllExtensions));

        var escaped = text.Replace("\n", "\r\n", StringComparison.Ordinal).Replace("${", "${d}{", StringComparison.Ordinal);
        Assert.Contains($"MESG({{{System.Text.Encoding.UTF8.GetByteCount(escaped)}}}{escaped})", understood, StringComparison.Ordinal);
        Assert.Contains(
            $"SUBJ({{{System.Text.Encoding.UTF8.GetByteCount(escaped.Split("\r\n")[0])}}}{escaped.Split("\r\n")[0]})", understood,
            StringComparison.Ordinal);
        Assert.DoesNotContain("REDIRECT", understood, StringComparison.Ordinal);
    }

    [Fact]
    public void NUL_can_not_be_written()
    {
        Assert.Throws<ArgumentException>(() => VacationScript.Write(Vacations.Of("a\0b"), null, SieveTools.AllExtensions));
    }

    [Fact]
    public void Days_begin_at_midnight_of_their_own_offset_also_across_summer_time()
    {
        using var tools = new SieveTools();
        var facts = Vacations.Of() with
        {
            Starts = new(2026, 10, 24, 0, 0, 0, TimeSpan.FromHours(2)),
            Ends = new(2026, 11, 2, 0, 0, 0, -new TimeSpan(3, 30, 0)),
        };

        var understood = tools.Understand(VacationScript.Write(facts, null, SieveTools.AllExtensions));

        Assert.Matches(
            @"CURRENTDATEZONE\(\{5\}\+0200\) COMPARATOR \[ Value >= \(ascii-casemap\) \]\s+DATEPART\(date\) KEYS\{1\} \[\s+\(\{10\}2026-10-24\)", understood);
        Assert.Matches(
            @"CURRENTDATEZONE\(\{5\}-0330\) COMPARATOR \[ Value < \(ascii-casemap\) \]\s+DATEPART\(date\) KEYS\{1\} \[\s+\(\{10\}2026-11-02\)", understood);
    }

    [Fact]
    public void The_users_script_comes_after_the_vacation_and_may_be_gone()
    {
        using var tools = new SieveTools();

        var understood = tools.Understand(VacationScript.Write(Vacations.Of(), Perso, SieveTools.AllExtensions));

        Assert.Matches(@"(?s)VACATION.*INCLUDE LOCATION\(Personal\) ONCE\(0\) OPTIONAL\(1\)\s+SCRIPT\(\{5\}perso\)", understood);
    }

    // C056
    [Fact]
    public void Only_what_the_server_lists_is_required()
    {
        using var poor = new SieveTools("vacation");

        var understood = poor.Understand(
            VacationScript.Write(Vacations.Of("plus ${1}"), null, new HashSet<string>(["vacation"], StringComparer.Ordinal)));

        Assert.Contains("MESG({9}plus ${1})", understood, StringComparison.Ordinal);
    }

    // C056
    [Theory]
    [InlineData("envelope", false, "vacation")]
    [InlineData("vacation relational", true, "date")]
    [InlineData("vacation date", true, "relational")]
    public void What_the_server_lacks_and_the_vacation_needs_is_named(string extensions, bool hasDates, string missing)
    {
        var facts = hasDates ? Vacations.Of() with { Ends = new(2026, 12, 24, 0, 0, 0, TimeSpan.FromHours(1)) } : Vacations.Of();

        var refusal = Assert.Throws<SieveRefusedException>(
            () => VacationScript.Write(facts, null, extensions.Split(' ').ToHashSet(StringComparer.Ordinal)));

        Assert.Equal(SieveRefusal.Unsupported, refusal.Reason);
        Assert.Contains($"'{missing}'", refusal.Message, StringComparison.Ordinal);
    }
}
