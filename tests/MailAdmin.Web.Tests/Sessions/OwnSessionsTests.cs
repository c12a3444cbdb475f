using AngleSharp.Dom;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Tests.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace MailAdmin.Web.Tests.Sessions;

public sealed class OwnSessionsTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.Parse("2026-11-25T09:41:00Z"));
    private readonly PanelApplication _panel;

    // The proxy's header decides where a browser is.
    public OwnSessionsTests() => _panel = new(_clock) { IsBehindProxy = true };

    public void Dispose() => _panel.Dispose();

    [Fact]
    public async Task Each_session_is_listed_with_its_place_its_browser_and_its_times_and_this_one_is_named()
    {
        await _panel.SignedInAsync();
        await SignInAsync("198.51.100.4", "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0");
        _clock.Advance(TimeSpan.FromMinutes(20));
        var here = await SignInAsync("203.0.113.9", "Mozilla/5.0 (Macintosh) AppleWebKit/605 Version/18 Safari/605");

        var rows = RowsOf(await here.GetAsync("/settings/sessions"));

        Assert.Contains("203.0.113.9", rows[0], StringComparison.Ordinal);
        Assert.Contains("Safari · Mac", rows[0], StringComparison.Ordinal);
        Said.In(SessionTexts.ThisOne, rows[0]);
        var other = rows.Single(r => r.Contains("198.51.100.4", StringComparison.Ordinal));
        Assert.Contains("Firefox · Windows", other, StringComparison.Ordinal);
        Said.In(SessionTexts.End, other);
    }

    [Fact]
    public async Task One_session_is_ended_and_the_others_stay()
    {
        var first = await _panel.SignedInAsync();
        var second = await _panel.SignInAsync("jens");
        var third = await SignInAsync("198.51.100.4", "Lynx");
        var page = await first.GetAsync("/settings/sessions");
        var row = page.Document.QuerySelectorAll("tbody tr").Single(r => r.TextContent.Contains("198.51.100.4", StringComparison.Ordinal));
        var key = row.QuerySelector("input[name=key]")!.GetAttribute("value")!;

        page = await first.SubmitAsync(page, "main form[action='/settings/sessions/end']", ("key", key));

        Assert.Equal(SessionTexts.Ended, page.Notice);
        Assert.StartsWith("/sign-in", (await third.GetAsync("/domains")).Path, StringComparison.Ordinal);
        Assert.Equal("/domains", (await second.GetAsync("/domains")).Path);
        Assert.Contains("admin.sessions-ended", await KindsAsync());
    }

    [Fact]
    public async Task All_others_are_ended_at_once()
    {
        var here = await _panel.SignedInAsync();
        var other = await _panel.SignInAsync("jens");

        var page = await here.SubmitAsync(await here.GetAsync("/settings/sessions"), "main form[action='/settings/sessions/end-others']");

        Assert.Single(RowsOf(page));
        Assert.StartsWith("/sign-in", (await other.GetAsync("/domains")).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_ends_a_session_of_somebody_else()
    {
        var jens = await _panel.SignedInAsync();
        await _panel.AddAdminAsync("luc", AdminRole.Support);
        var luc = await _panel.SignInAsync("luc");
        await _panel.SignInAsync("luc");
        await using var context = _panel.Get<MailDatabase>().Open();
        var key = await context.AdminSessions.Where(s => s.Admin!.UserName == "jens").Select(s => s.KeyHash).SingleAsync();

        await luc.SubmitAsync(await luc.GetAsync("/settings/sessions"), "main form[action='/settings/sessions/end']", ("key", key));

        Assert.Equal("/domains", (await jens.GetAsync("/domains")).Path);
    }

    [Speaks("en")]
    [Fact]
    public async Task A_new_place_is_told_on_the_pages_elsewhere_until_he_says_that_it_was_he()
    {
        var home = await _panel.SignedInAsync("en");
        var away = await SignInAsync("198.51.100.4", "Firefox/140", "en");

        var told = await home.GetAsync("/domains");
        Said.In(SessionTexts.NewNetworkTold, told.Text);
        Said.NotIn(SessionTexts.NewNetworkTold, (await away.GetAsync("/domains")).Text);
        // A session from a new network cannot confirm that network itself.
        var sent = Browser.ValuesOf(
            (await away.GetAsync("/settings/sessions")).Document.QuerySelector<AngleSharp.Html.Dom.IHtmlFormElement>(
                ".top form[action='/sign-out']")!);
        await away.PostAsync("/settings/sessions/networks", sent);
        var page = await home.GetAsync("/settings/sessions");
        Said.In(SessionTexts.NewNetwork, RowsOf(page).Single(r => r.Contains("198.51.100.4", StringComparison.Ordinal)));

        await home.SubmitAsync(page, "main form[action='/settings/sessions/networks']");

        Said.NotIn(SessionTexts.NewNetworkTold, (await home.GetAsync("/domains")).Text);
        await SignInAsync("198.51.100.77", "Firefox/140", "en");
        Said.NotIn(SessionTexts.NewNetworkTold, (await home.GetAsync("/domains")).Text);
    }

    [Fact] // C120
    public async Task What_somebody_else_than_the_named_proxy_says_of_the_browser_is_not_believed()
    {
        await using var panel = new PanelApplication(_clock) { IsBehindProxy = true, Settings = { ["Proxies:0"] = "192.0.2.99" } };
        await panel.SignedInAsync();
        var browser = panel.NewBrowser();
        browser.Client.DefaultRequestHeaders.Add("X-Forwarded-For", "198.51.100.4");
        await browser.SubmitAsync("/sign-in", ("Name", "jens"), ("Password", PanelApplication.Password));

        var page = await browser.GetAsync("/settings/sessions");

        Assert.DoesNotContain("198.51.100.4", page.Text, StringComparison.Ordinal);
        Assert.All(RowsOf(page), row => Assert.Contains(ProxyFilter.Address, row, StringComparison.Ordinal));
    }

    private async Task<Browser> SignInAsync(string address, string agent, string language = "fr")
    {
        var browser = _panel.NewBrowser(language);
        browser.Client.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        browser.Client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", agent);
        await browser.SubmitAsync("/sign-in", ("Name", "jens"), ("Password", PanelApplication.Password));
        return browser;
    }

    private static List<string> RowsOf(WebPage page) => [.. page.Document.QuerySelectorAll("tbody tr").Select(r => r.TextContent)];

    private async Task<List<string>> KindsAsync()
    {
        await using var context = _panel.Get<MailDatabase>().Open();
        return await context.AuditEvents.Select(e => e.Kind).ToListAsync();
    }
}
