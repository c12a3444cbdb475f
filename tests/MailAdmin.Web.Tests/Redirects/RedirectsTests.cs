using System.Net;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Web.Features.Redirects;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Features.Vacations;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Redirects;

public sealed class RedirectsTests : IDisposable
{
    private const string Path = "/domains/exemple.be/accounts/exemple0001/redirect";
    private const string Form = "main form[action$='/redirect']";
    private readonly PanelApplication _panel = new();
    private MailDomain _domain = null!;

    public void Dispose() => _panel.Dispose();

    [Fact]
    public async Task A_redirect_is_set_shown_and_removed()
    {
        var browser = await StartAsync();

        var set = await SetAsync(browser, "someone@example.org\r\n second@exemple.be ", keepsCopy: true);
        Said.In(RedirectTexts.Saved, set.Notice);
        var page = await browser.GetAsync(Path);
        Assert.Equal(["someone@example.org", "second@exemple.be"], Destinations(page));
        Said.In(RedirectTexts.CopyKept, page.Text);
        Assert.Contains("(SRS)", page.Text, StringComparison.Ordinal);
        Assert.Equal("true", Browser.ValuesOf((AngleSharp.Html.Dom.IHtmlFormElement)page.Document.QuerySelector(Form)!)["KeepsCopy"]);

        // C033
        await browser.SubmitAsync(page, "form[action$='/redirect/delete']");

        page = await browser.GetAsync(Path);
        Said.In(RedirectTexts.None, page.Text);
        Assert.Empty(Destinations(page));
    }

    [Fact]
    public async Task While_an_absence_message_is_on_the_page_says_what_becomes_of_it_without_a_copy()
    {
        var browser = await StartAsync();
        const string Vacation = "/domains/exemple.be/accounts/exemple0001/vacation";
        await SetAsync(browser, "someone@example.org", keepsCopy: false);
        Said.NotIn(RedirectTexts.Silences, (await browser.GetAsync(Path)).Text);
        Said.In(VacationTexts.SilentWould, (await browser.GetAsync(Vacation)).Text);

        var saved = await browser.SubmitAsync(Vacation, ("State", "on"), ("Text", "Absent"));

        Said.In(VacationTexts.SilentMeans, saved.Text);
        Assert.EndsWith("/redirect", saved.Document.QuerySelector(".stack a")!.GetAttribute("href"));
        var page = await browser.GetAsync(Path);
        Said.In(RedirectTexts.Silences, page.Text);
        Assert.EndsWith("/vacation", page.Document.QuerySelector(".note a")!.GetAttribute("href"));
        page = await SetAsync(browser, "someone@example.org", keepsCopy: true);
        Said.NotIn(RedirectTexts.Silences, page.Text);
        Said.NotIn(RedirectTexts.SilencesUntil, page.Text);
        Said.In(RedirectTexts.KeepsCopyVacation, page.Text);
        Said.NotIn(VacationTexts.SilentMeans, (await browser.GetAsync(Vacation)).Text);
    }

    [Fact] // C029
    public async Task Ones_own_address_is_understood_as_keep_a_copy_and_said()
    {
        var browser = await StartAsync();

        var page = await SetAsync(browser, "someone@example.org, gugus.dupont@exemple.be", keepsCopy: false);

        Said.In(RedirectTexts.SavedWithOwn, page.Notice);
        Said.In(RedirectTexts.CopyKept, page.Text);
        Assert.Equal(["someone@example.org"], Destinations(page));
    }

    [Theory] // C031, C035
    [InlineData("", nameof(ProblemTexts.RedirectMissing))]
    [InlineData("someone@example.org\r\nzut", nameof(ProblemTexts.DestinationUnknownName), "zut")]
    [InlineData("someone@example.org\r\n@example.org", nameof(ProblemTexts.DestinationMalformed), "@example.org")]
    public async Task What_is_wrong_is_told_beside_the_field_and_the_text_stays(string text, string problem, string? place = null)
    {
        var browser = await StartAsync();

        var page = await SetAsync(browser, text, keepsCopy: true);

        Said.In(Said.Problem(problem), page.ErrorAt("Destinations"), place);
        Assert.Equal(text, Browser.ValuesOf((AngleSharp.Html.Dom.IHtmlFormElement)page.Document.QuerySelector(Form)!)["Destinations"]);
        Said.In(RedirectTexts.None, (await browser.GetAsync(Path)).Text);
    }

    [Fact]
    public async Task A_form_drawn_before_somebody_elses_change_is_refused()
    {
        var browser = await StartAsync();
        var stale = await browser.GetAsync(Path);
        await SetAsync(browser, "first@example.org", keepsCopy: false);

        var page = await browser.SubmitAsync(stale, Form, ("Destinations", "second@example.org"));

        Assert.Contains("entre-temps", page.Problems, StringComparison.Ordinal);
        Assert.Contains("first@example.org", page.Problems, StringComparison.Ordinal);
        Assert.Equal(["first@example.org"], Destinations(await browser.GetAsync(Path)));
        Assert.False((await browser.SubmitAsync(page, Form)).HasErrors);
        Assert.Equal(["second@example.org"], Destinations(await browser.GetAsync(Path)));
    }

    [Fact]
    public async Task Support_sees_a_redirect_and_cannot_change_it()
    {
        var browser = await StartAsync();
        await SetAsync(browser, "someone@example.org", keepsCopy: false);
        await _panel.AddAdminAsync("aide", AdminRole.Support, _domain);
        var support = await _panel.SignInAsync("aide");

        var page = await support.GetAsync(Path);

        Assert.Equal(["someone@example.org"], Destinations(page));
        Assert.Null(page.Document.QuerySelector("main form"));
        var token = Browser.ValuesOf((AngleSharp.Html.Dom.IHtmlFormElement)page.Document.QuerySelector("header form")!);
        Assert.Equal(HttpStatusCode.Forbidden, (await support.PostAsync(Path, token)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await support.PostAsync(Path + "/delete", token)).Status);
    }

    [Fact]
    public async Task An_account_of_another_domain_is_not_found_under_this_one()
    {
        var browser = await StartAsync();
        await _panel.AddAccountAsync(await _panel.AddDomainAsync("voisin.example", "voisin"), "lea");

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/domains/exemple.be/accounts/voisin0001/redirect")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/domains/exemple.be/accounts/voisin0001/catch-all")).Status);
    }

    [Theory]
    [InlineData(Path)]
    [InlineData("/domains/exemple.be/catch-all")]
    [InlineData("/domains/exemple.be/names")]
    public async Task Each_page_asks_the_database_at_most_four_times(string path)
    {
        var browser = await StartAsync();
        await SetAsync(browser, string.Join('\n', Enumerable.Range(1, 40).Select(n => $"u{n}@example.org")), keepsCopy: true);
        await browser.GetAsync(path);

        var trips = _panel.CountRoundTrips();
        await browser.GetAsync(path);

        Assert.True(trips.Commands.Count is >= 1 and <= 4, string.Join("\n", trips.Commands));
    }

    private async Task<Browser> StartAsync()
    {
        var browser = await _panel.SignedInAsync();
        _domain = await _panel.AddDomainAsync();
        await _panel.AddAccountAsync(_domain, "gugus.dupont");
        await _panel.AddAccountAsync(_domain, "second");
        return browser;
    }

    private static async Task<WebPage> SetAsync(Browser browser, string destinations, bool keepsCopy)
    {
        var page = await browser.GetAsync(Path);
        return await browser.SubmitAsync(
            page, Form, [("Destinations", destinations), .. keepsCopy ? [("KeepsCopy", "true")] : Array.Empty<(string, string)>()]);
    }

    private static List<string> Destinations(WebPage page) =>
        [.. page.Document.QuerySelectorAll(".rows .grow").Select(e => e.TextContent.Trim())];
}
