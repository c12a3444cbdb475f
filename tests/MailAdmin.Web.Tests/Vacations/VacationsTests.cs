using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Vacations;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Features.Vacations;
using MailAdmin.Web.Tests.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace MailAdmin.Web.Tests.Vacations;

public sealed class VacationsTests : IDisposable
{
    private const string Path = "/domains/exemple.be/accounts/exemple0001/vacation";
    private readonly PanelApplication _panel = new(new FakeTimeProvider(DateTimeOffset.Parse("2026-11-25T09:41:00Z")));
    private Account _account = null!;

    public void Dispose() => _panel.Dispose();

    [Fact]
    public async Task A_first_one_is_proposed_off_with_the_manuals_subject_and_the_servers_limits()
    {
        var browser = await StartAsync();

        var page = await browser.GetAsync(Path);

        var values = Browser.ValuesOf(page.Document.QuerySelector<IHtmlFormElement>("main form")!);
        Assert.Equal(("off", "Message d’absence", "7"), (values["State"], values["Subject"], values["IntervalDays"]));
        Said.In(VacationTexts.IntervalHint, page.Text, 3, 90);
        Assert.Contains("gugus.dupont@exemple.be", page.Title + page.Text, StringComparison.Ordinal);
    }

    [Theory] // C040, C044, C050, C054
    [InlineData("Je suis \"absent\" jusqu'au 3, dossier C:\\temp\\")]
    [InlineData("un\r\ndeux\r\n\r\ntrois")]
    [InlineData("\nVoir <https://www.example.org> & contacter \"Marie\" </textarea><b>")]
    [InlineData("Matin 9-12 | soir 14-17 / 50% & plus $1 \\n ~ ^ # ; 🏝️")]
    public async Task What_is_typed_stands_in_the_form_again_and_in_the_preview(string text)
    {
        var browser = await StartAsync();

        var page = await SendAsync(browser, ("Text", text));
        page = await browser.SubmitAsync(page, "main form");

        Assert.Equal(VacationTexts.SavedOn, page.Notice);
        var typed = text.ReplaceLineEndings("\n");
        Assert.Equal(typed, page.Document.QuerySelector<IHtmlTextAreaElement>("#text")!.Value);
        Assert.Equal(typed, page.Document.QuerySelector(".letter")!.TextContent);
        Assert.Equal(typed, (await FindAsync())!.Text);
    }

    [Theory]
    [InlineData("Text", " ", nameof(ProblemTexts.VacationTextMissing))]
    [InlineData("Text", "a\ab", nameof(ProblemTexts.VacationCharacters), "U+0007")]
    [InlineData("Subject", "", nameof(ProblemTexts.VacationSubjectMissing))]
    [InlineData("Until", "2026-11-24", nameof(ProblemTexts.VacationOver))]
    [InlineData("Until", "demain", nameof(ProblemTexts.DateMalformed))]
    [InlineData("Until", "9999-12-31", nameof(ProblemTexts.VacationDateBeyond), "2000", "2999")]
    [InlineData("IntervalDays", "1", nameof(ProblemTexts.VacationInterval), "3", "90")]
    [InlineData("IntervalDays", "sept", nameof(ProblemTexts.NumberMalformed), "sept")]
    public async Task What_can_not_be_is_told_beside_its_field_and_the_rest_stays(
        string field, string value, string problem, params string[] places)
    {
        var browser = await StartAsync();

        var page = await SendAsync(browser, ("From", "2026-11-20"), (field, value));

        Said.In(Said.Problem(problem), page.ErrorAt(field), [.. places]);
        Assert.Equal("2026-11-20", page.Document.QuerySelector("#from")!.GetAttribute("value"));
        Assert.Null(await FindAsync());
    }

    [Fact]
    public async Task The_preview_shows_what_was_typed_and_saves_nothing()
    {
        var browser = await StartAsync();
        var form = await browser.GetAsync(Path);
        var values = Browser.ValuesOf(form.Document.QuerySelector<IHtmlFormElement>("main form")!);
        values["Text"] = "je ne suis pas la";

        var page = await browser.PostAsync(form.Document.QuerySelector("[formaction]")!.GetAttribute("formaction")!, values);

        Assert.Equal("je ne suis pas la", page.Document.QuerySelector(".letter")!.TextContent);
        Assert.False(page.HasErrors);
        Assert.Null(await FindAsync());
    }

    [Fact]
    public async Task Who_sends_an_older_page_is_told_and_loses_nothing_that_he_typed()
    {
        var browser = await StartAsync();
        var old = await browser.GetAsync(Path);
        await SendAsync(browser, ("Text", "la première"));

        var page = await browser.SubmitAsync(old, "main form", ("State", "on"), ("Text", "la seconde"));

        Assert.Contains("la première", page.Problems, StringComparison.Ordinal);
        Assert.Equal("la seconde", page.Document.QuerySelector<IHtmlTextAreaElement>("#text")!.Value);
        Assert.Equal("la première", (await FindAsync())!.Text);
        // Sending it once more replaces the text that was shown.
        page = await browser.SubmitAsync(page, "main form");
        Assert.False(page.HasErrors);
        Assert.Equal("la seconde", (await FindAsync())!.Text);
    }

    [Fact]
    public async Task A_form_about_an_account_that_was_deleted_meanwhile_loses_nothing_and_says_where_it_can_be_brought_back()
    {
        var browser = await StartAsync();
        var open = await browser.GetAsync(Path);
        Assert.True((await _panel.Get<AccountService>().DeleteAsync(_account.Id, _account.Version, false, Actor.Panel)).Succeeded);

        var page = await browser.SubmitAsync(open, "main form", ("State", "on"), ("Text", "une longue lettre"));

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Contains("une longue lettre", page.Text, StringComparison.Ordinal);
        Assert.Contains("exemple0001", page.Text, StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector("a[href='/domains/exemple.be/accounts/deleted']"));
    }

    [Fact] // C056
    public async Task What_the_server_refused_is_said_in_its_own_words()
    {
        var browser = await StartAsync();
        await SendAsync(browser);
        await _panel.Get<MailDatabase>().ExecuteWithoutAuditAsync(async context =>
        {
            var job = await context.Jobs.SingleAsync(t => t.Kind == JobKind.Script);
            (job.Refused, job.Attempts, job.LastError) = (true, 1, "line 3: <vacation> unknown");
            return job;
        });

        var page = await browser.GetAsync(Path);

        Said.In(VacationTexts.FailedMeans, page.Text);
        Assert.Equal("line 3: <vacation> unknown", page.Document.QuerySelector(".words")!.TextContent);
    }

    [Fact]
    public async Task One_that_another_program_switched_off_is_said_to_be_and_a_button_switches_it_on_again()
    {
        var browser = await StartAsync();
        await SendAsync(browser);
        await _panel.Get<MailDatabase>().ExecuteWithoutAuditAsync(async context =>
        {
            await context.Jobs.Where(t => t.Kind == JobKind.Script).ExecuteDeleteAsync();
            return await context.Vacations.ExecuteUpdateAsync(set => set.SetProperty(v => v.IsSwitchedOff, true));
        });
        var (page, before) = (await browser.GetAsync(Path), (await FindAsync())!.Activation);
        Said.In(VacationTexts.SwitchedOffMeans, page.Text);

        page = await browser.SubmitAsync(page, "form[action$='/vacation/activation']");

        Said.NotIn(VacationTexts.SwitchedOffMeans, page.Text);
        Assert.Null(page.Document.QuerySelector("form[action$='/vacation/activation']"));
        Assert.True((await FindAsync())!.Activation > before);
    }

    [Fact]
    public async Task Other_domains_accounts_and_admins_without_the_right_get_nothing()
    {
        var browser = await StartAsync();
        var neighbour = await _panel.AddDomainAsync("voisin.example", "voisin");
        await _panel.AddAccountAsync(neighbour, "lea");
        await _panel.AddAdminAsync("lea", AdminRole.DomainAdmin, neighbour);
        await _panel.AddAdminAsync("aide", AdminRole.Support, neighbour);

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/domains/exemple.be/accounts/voisin0001/vacation")).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await (await _panel.SignInAsync("lea")).GetAsync(Path)).Status);
        Assert.NotEqual(
            HttpStatusCode.OK,
            (await (await _panel.SignInAsync("aide")).GetAsync("/domains/voisin.example/accounts/voisin0001/vacation")).Status);
        Assert.Equal(
            HttpStatusCode.OK,
            (await (await _panel.SignInAsync("lea")).GetAsync("/domains/voisin.example/accounts/voisin0001/vacation")).Status);
    }

    [Fact]
    public async Task The_page_asks_its_database_four_times()
    {
        var browser = await StartAsync();
        await SendAsync(browser);

        var trips = _panel.CountRoundTrips();
        await browser.GetAsync(Path);

        Assert.True(trips.Commands.Count <= 4, string.Join("\n\n", trips.Commands));
    }

    private async Task<Browser> StartAsync()
    {
        var browser = await _panel.SignedInAsync();
        _account = await _panel.AddAccountAsync(await _panel.AddDomainAsync(), "gugus.dupont");
        return browser;
    }

    private static async Task<WebPage> SendAsync(Browser browser, params (string Name, string Value)[] fields)
    {
        var page = await browser.GetAsync(Path);
        var all = new Dictionary<string, string>(StringComparer.Ordinal) { ["State"] = "on", ["Text"] = "je ne suis pas la" };
        foreach (var (name, value) in fields) all[name] = value;
        return await browser.SubmitAsync(page, "main form", [.. all.Select(f => (f.Key, f.Value))]);
    }

    private Task<Vacation?> FindAsync() => _panel.Get<VacationRepository>().FindAsync(_account.Id);
}
