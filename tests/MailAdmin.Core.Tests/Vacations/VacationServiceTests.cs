using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Results;
using MailAdmin.Core.Vacations;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Vacations;

public sealed class VacationServiceTests
{
    private static readonly VacationRequest Typed = new(
        0, IsOn: true, "On vacation messages", "je ne suis pas la", From: null, Until: null, IntervalDays: 7);

    [Fact]
    public async Task A_vacation_is_kept_as_it_was_typed_and_wished_for()
    {
        await using var core = await CreateAsync();
        var account = await core.AddAccountAsync(await core.AddDomainAsync(), "gugus.dupont");

        Value(await SaveAsync(core, account, Typed with { From = new(2026, 12, 1), Until = new(2026, 12, 24) }));

        var kept = (await core.Get<VacationRepository>().FindAsync(account.Id))!;
        Assert.Equal(("On vacation messages", "je ne suis pas la", new DateOnly(2026, 12, 1), new DateOnly(2026, 12, 24), 7),
            (kept.Subject, kept.Text, kept.From!.Value, kept.Until!.Value, kept.IntervalDays));
        Assert.Equal([account.Id], await ScriptJobsAsync(core));
    }

    // C044
    [Theory]
    [InlineData("un\r\ndeux\r\ntrois\r\nquatre")]
    [InlineData("un\ndeux\ntrois\nquatre")]
    [InlineData("un\rdeux\rtrois\rquatre")]
    public async Task Line_ends_are_the_same_however_often_it_is_saved(string typed)
    {
        await using var core = await CreateAsync();
        var account = await core.AddAccountAsync(await core.AddDomainAsync(), "gugus.dupont");
        var (text, version) = (typed, 0L);
        for (var n = 0; n < 4; n++)
        {
            var saved = Value(await SaveAsync(core, account, Typed with { Text = text, Version = version }));
            Assert.Equal("un\ndeux\ntrois\nquatre", saved.Text);
            (text, version) = (saved.Text.Replace("\n", "\r\n", StringComparison.Ordinal), saved.Version);
        }
    }

    // C040, C050, C054
    [Theory]
    [InlineData("Je suis \"absent\" jusqu'au 3, dossier C:\\temp\\")]
    [InlineData("Voir <https://www.example.org> & contacter \"Marie\" </textarea><b>")]
    [InlineData("Matin 9-12 | soir 14-17 / 50% & plus $1 \\n ~ ^ # ;")]
    [InlineData("À bientôt 🏝️\n.\n${1}\ttab")]
    public async Task Every_sign_is_kept(string text)
    {
        await using var core = await CreateAsync();
        var account = await core.AddAccountAsync(await core.AddDomainAsync(), "gugus.dupont");

        Value(await SaveAsync(core, account, Typed with { Text = text, Subject = text.Split('\n')[0] }));

        var kept = (await core.Get<VacationRepository>().FindAsync(account.Id))!;
        Assert.Equal((text, text.Split('\n')[0]), (kept.Text, kept.Subject));
    }

    public static TheoryData<string, string, VacationRequest> Refusals => new()
    {
        { "VacationSubjectMissing", "Subject", Typed with { Subject = " " } },
        { "VacationTextMissing", "Text", Typed with { Text = " \r\n" } },
        { "VacationCharacters", "Text", Typed with { Text = "a\0b" } },
        { "VacationCharacters", "Text", Typed with { Text = "half \ud83c" } },
        { "VacationCharacters", "Subject", Typed with { Subject = "a\r\nBcc: x@example.org" } },
        { "VacationSubjectTooLong", "Subject", Typed with { Subject = new string('a', 201) } },
        { "VacationTextTooLong", "Text", Typed with { Text = new string('é', 10_001) } },
        { "VacationInterval", "IntervalDays", Typed with { IntervalDays = 2 } },
        { "VacationInterval", "IntervalDays", Typed with { IntervalDays = 91 } },
        { "VacationDates", "Until", Typed with { From = new(2026, 12, 2), Until = new(2026, 12, 1) } },
        { "VacationOver", "Until", Typed with { Until = new(2026, 11, 24) } },
        { "ChangedMeanwhile", "", Typed with { Version = 3 } },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task What_can_not_be_is_told_beside_its_field_and_nothing_is_kept(string code, string field, VacationRequest request)
    {
        await using var core = await CreateAsync();
        var account = await core.AddAccountAsync(await core.AddDomainAsync(), "gugus.dupont");

        RefusedWith(code, field.Length > 0 ? field : null, await SaveAsync(core, account, request));

        Assert.Null(await core.Get<VacationRepository>().FindAsync(account.Id));
        Assert.Empty(await ScriptJobsAsync(core));
    }

    [Fact]
    public async Task What_is_switched_off_may_be_unfinished_and_asks_nothing_of_the_server_that_never_had_it()
    {
        await using var core = await CreateAsync();
        var account = await core.AddAccountAsync(await core.AddDomainAsync(), "gugus.dupont");

        Value(await SaveAsync(core, account, Typed with { IsOn = false, Text = "", Subject = "" }));

        Assert.Empty(await ScriptJobsAsync(core));
    }

    [Fact]
    public async Task The_second_of_two_who_edit_at_once_is_told()
    {
        await using var core = await CreateAsync();
        var account = await core.AddAccountAsync(await core.AddDomainAsync(), "gugus.dupont");
        var first = Value(await SaveAsync(core, account, Typed));
        // What the worker records is not an edit.
        await core.Get<VacationRepository>().SaveActivatedAsync(account.Id, 1, CancellationToken.None);
        Value(await SaveAsync(core, account, Typed with { Version = first.Version, Text = "autrement" }));

        RefusedWith("ChangedMeanwhile", null, await SaveAsync(core, account, Typed with { Version = first.Version }));

        Assert.Equal(1, (await core.Get<VacationRepository>().FindAsync(account.Id))!.Activated);
    }

    [Fact]
    public async Task Only_who_may_edit_mail_of_the_domain_sets_it()
    {
        await using var core = await CreateAsync();
        var account = await core.AddAccountAsync(await core.AddDomainAsync(), "gugus.dupont");

        await Assert.ThrowsAsync<NotPermittedException>(() => core.Get<VacationService>().SaveAsync(account.Id, Typed, Jens(99)));
        await Assert.ThrowsAsync<NotPermittedException>(() => core.Get<VacationService>().ActivateAsync(account.Id, Jens(99)));
    }

    [Fact]
    public async Task The_record_tells_that_it_was_set_and_not_what_it_says()
    {
        await using var core = await CreateAsync();
        var account = await core.AddAccountAsync(await core.AddDomainAsync(), "gugus.dupont");

        Value(await SaveAsync(core, account, Typed with { Text = "mon numéro secret" }));

        await using var context = core.Database.Open();
        var record = await context.AuditEvents.SingleAsync(e => e.Kind == "vacation.saved");
        Assert.DoesNotContain("secret", record.After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_goes_with_its_account()
    {
        await using var core = await CreateAsync();
        var account = await core.AddAccountAsync(await core.AddDomainAsync(), "gugus.dupont");
        Value(await SaveAsync(core, account, Typed));
        await using var context = core.Database.Open();
        var version = (await context.Accounts.SingleAsync(a => a.Id == account.Id)).Version;

        Value(await core.Accounts.DeleteAsync(account.Id, version, forGood: true, Actor.Panel));

        Assert.Empty(await context.Vacations.ToListAsync());
        Assert.Empty(await ScriptJobsAsync(core));
    }

    [Fact]
    public async Task Switching_on_again_is_a_new_wish_and_needs_a_vacation_that_is_on()
    {
        await using var core = await CreateAsync();
        var account = await core.AddAccountAsync(await core.AddDomainAsync(), "gugus.dupont");
        RefusedWith("VacationNotOn", null, await core.Get<VacationService>().ActivateAsync(account.Id, Actor.Panel));
        var before = Value(await SaveAsync(core, account, Typed)).Activation;

        var again = Value(await core.Get<VacationService>().ActivateAsync(account.Id, Actor.Panel));

        Assert.Equal(before + 1, again.Activation);
    }

    private static Task<Result<Vacation>> SaveAsync(CoreFixture core, Account account, VacationRequest request) =>
        core.Get<VacationService>().SaveAsync(account.Id, request, Actor.Panel);

    private static async Task<List<long>> ScriptJobsAsync(CoreFixture core)
    {
        await using var context = core.Database.Open();
        return await context.Jobs.Where(t => t.Kind == JobKind.Script).Select(t => t.SubjectId).ToListAsync();
    }
}
