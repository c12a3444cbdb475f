using System.Net;
using MailAdmin.Core.Admins;
using MailAdmin.Web.Hosting;
using MailAdmin.Web.Tests.Shared;
using Microsoft.Extensions.Time.Testing;

namespace MailAdmin.Web.Tests.Sessions;

public sealed class SessionsTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.Parse("2026-11-25T09:41:00Z"));
    private readonly PanelApplication _panel;

    public SessionsTests() => _panel = new(_clock);

    public void Dispose() => _panel.Dispose();

    [Fact]
    public async Task Sign_in_returns_to_the_page_that_was_asked_for()
    {
        await _panel.SignedInAsync();
        var browser = _panel.NewBrowser();
        var page = await browser.GetAsync("/domains/new");
        Assert.Equal("/sign-in?page=%2Fdomains%2Fnew", page.Path);

        page = await browser.SubmitAsync(page, "main form", ("Name", "JENS"), ("Password", PanelApplication.Password));

        Assert.Equal("/domains/new", page.Path);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    public async Task Sign_in_never_leads_out_of_the_panel(string elsewhere)
    {
        await _panel.SignedInAsync();

        var page = await _panel.NewBrowser().SubmitAsync("/sign-in?page=" + Uri.EscapeDataString(elsewhere), ("Name", "jens"), ("Password", PanelApplication.Password));

        Assert.Equal("/domains", page.Path);
    }

    [Fact]
    public async Task Wrong_password_unknown_name_and_stopped_admin_get_the_same_answer()
    {
        await _panel.SignedInAsync();
        await _panel.AddAdminAsync("luc", AdminRole.Support);
        await _panel.Get<Core.Data.MailDatabase>().NoteAsync(async c =>
        {
            c.Users.Single(u => u.UserName == "luc").IsActive = false;
            return await Task.FromResult(true);
        });

        var wrong = await _panel.NewBrowser().SubmitAsync("/sign-in", ("Name", "jens"), ("Password", "wrong"));
        var unknown = await _panel.NewBrowser().SubmitAsync("/sign-in", ("Name", "nobody"), ("Password", "wrong"));
        var stopped = await _panel.NewBrowser().SubmitAsync("/sign-in", ("Name", "luc"), ("Password", PanelApplication.Password));

        Assert.Equal("Nom ou mot de passe incorrect.", wrong.Problems);
        Assert.Equal(wrong.Problems, unknown.Problems);
        Assert.Equal(wrong.Problems, stopped.Problems);
        Assert.Equal((wrong.Status, wrong.Path), (unknown.Status, unknown.Path));
    }

    // C120: one bcrypt each. As many of each kind as wait for nothing, in turn, so that what else runs here slows all; without a hash it would be a twentieth.
    [Fact]
    public async Task An_unknown_name_and_a_stopped_admin_take_as_long_as_a_wrong_password()
    {
        const int rounds = 6;
        await using var panel = new PanelApplication { Settings = { ["Passwords:Cost"] = "11" } };
        await panel.SignedInAsync();
        foreach (var n in Enumerable.Range(0, rounds))
        {
            foreach (var kind in (string[])["known", "stopped"]) await panel.AddAdminAsync($"{kind}{n}", AdminRole.Support);
            await panel.ChangeAdminAsync($"stopped{n}", a => a.IsActive = false);
        }
        var browser = panel.NewBrowser();
        var form = Browser.ValuesOf((AngleSharp.Html.Dom.IHtmlFormElement)(await browser.GetAsync("/sign-in")).Document.QuerySelector("main form")!);
        var took = new Dictionary<string, List<double>>();
        foreach (var n in Enumerable.Range(0, rounds))
        {
            foreach (var kind in (string[])["known", "unknown", "stopped"])
            {
                (form["Name"], form["Password"]) = ($"{kind}{n}", "wrong");
                var started = System.Diagnostics.Stopwatch.GetTimestamp();
                await browser.PostAsync("/sign-in", form);
                took.TryAdd(kind, []);
                took[kind].Add(System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }

        Assert.InRange(took["unknown"].Min() / took["known"].Min(), 0.5, 2);
        Assert.InRange(took["stopped"].Min() / took["known"].Min(), 0.5, 2);
    }

    [Fact]
    public async Task A_copied_cookie_is_dead_after_the_end_of_the_session()
    {
        var browser = await _panel.SignedInAsync();
        var page = await browser.GetAsync("/domains");
        var copied = page.Response.RequestMessage!.Headers.GetValues("Cookie").Single();
        Assert.Equal("/domains", await PathWithAsync(copied));

        var after = await browser.SubmitAsync(page, ".top form[action='/sign-out']");

        Assert.Equal("/sign-in", after.Path);
        Assert.Equal("Votre session est terminée.", after.Notice);
        Assert.StartsWith("/sign-in", await PathWithAsync(copied), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_ends_after_two_idle_hours_and_after_twelve_busy_ones()
    {
        var idle = await _panel.SignedInAsync();
        _clock.Advance(new PanelSettings.SessionSettings().IdleTime);
        Assert.StartsWith("/sign-in", (await idle.GetAsync("/domains")).Path, StringComparison.Ordinal);

        var busy = await _panel.SignInAsync("jens");
        for (var hour = 1; hour < 12; hour++)
        {
            _clock.Advance(TimeSpan.FromHours(1));
            Assert.Equal("/domains", (await busy.GetAsync("/domains")).Path);
        }
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.StartsWith("/sign-in", (await busy.GetAsync("/domains")).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_hoster_sets_both_times_and_the_page_of_sessions_tells_them()
    {
        await using var panel = new PanelApplication(_clock) { Settings = { ["Sessions:IdleMinutes"] = "10", ["Sessions:LongestHours"] = "1" } };
        var browser = await panel.SignedInAsync("en");
        Assert.Contains("after 10 minutes of inactivity, and after 1 hours", (await browser.GetAsync("/settings/sessions")).Text, StringComparison.Ordinal);

        _clock.Advance(TimeSpan.FromMinutes(10));

        Assert.StartsWith("/sign-in", (await browser.GetAsync("/domains")).Path, StringComparison.Ordinal);
    }

    [Fact] // C118
    public async Task What_was_sent_after_the_session_ended_is_said_to_be_lost()
    {
        var browser = await _panel.SignedInAsync();
        var form = await browser.GetAsync("/domains/new");
        _clock.Advance(new PanelSettings.SessionSettings().LongestTime);
        browser.Client.DefaultRequestHeaders.Referrer = new Uri("http://localhost/domains/new");

        var page = await browser.SubmitAsync(form, "main form", ("Name", "exemple.be"), ("Prefix", "exemple"));

        Assert.Contains("n’a pas été enregistré", page.Text, StringComparison.Ordinal);
        page = await browser.SubmitAsync(page, "main form", ("Name", "jens"), ("Password", PanelApplication.Password));
        Assert.Equal("/domains/new", page.Path);
        Assert.Contains("n’a pas été enregistré", page.Notice, StringComparison.Ordinal);
    }

    [Fact] // C118
    public async Task Two_tabs_of_one_session_both_save()
    {
        var browser = await _panel.SignedInAsync();
        var first = await browser.GetAsync("/domains/new");
        var second = await browser.GetAsync("/domains/new");

        Assert.Equal("/domains/exemple.be/accounts", (await browser.SubmitAsync(first, "main form", ("Name", "exemple.be"), ("Prefix", "exemple"))).Path);
        Assert.Equal("/domains/voisin.example/accounts", (await browser.SubmitAsync(second, "main form", ("Name", "voisin.example"), ("Prefix", "voisin"))).Path);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        var browser = await _panel.SignedInAsync();

        var page = await browser.PostAsync("/domains/new", new() { ["Name"] = "exemple.be", ["Prefix"] = "exemple" });

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("Ce formulaire a expiré", page.Title);
        Assert.Contains("Aucun domaine", (await browser.GetAsync("/domains")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stopped_admin_is_out_with_his_next_page()
    {
        var browser = await _panel.SignedInAsync();
        await _panel.Get<Core.Data.MailDatabase>().NoteAsync(c =>
        {
            c.Users.Single().IsActive = false;
            return Task.FromResult(true);
        });

        Assert.StartsWith("/sign-in", (await browser.GetAsync("/domains")).Path, StringComparison.Ordinal);
    }

    private async Task<string> PathWithAsync(string cookie)
    {
        var client = _panel.CreateClient(new() { HandleCookies = false });
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        return (await new Browser(client, "fr").GetAsync("/domains")).Path;
    }
}
