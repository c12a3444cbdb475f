using System.Net;
using MailAdmin.Core.Admins;
using MailAdmin.Web.Features.Domains;
using MailAdmin.Web.Features.Errors;
using MailAdmin.Web.Features.Sessions;
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
        Assert.Equal("/sign-in?back=%2Fdomains%2Fnew", page.Path);

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

        var page = await _panel.NewBrowser()
            .SubmitAsync("/sign-in?back=" + Uri.EscapeDataString(elsewhere), ("Name", "jens"), ("Password", PanelApplication.Password));

        Assert.Equal("/domains", page.Path);
    }

    [Fact]
    public async Task Wrong_password_unknown_name_and_stopped_admin_get_the_same_answer()
    {
        await _panel.SignedInAsync();
        await _panel.AddAdminAsync("luc", AdminRole.Support);
        await _panel.Get<Core.Data.MailDatabase>().ExecuteWithoutAuditAsync(async c =>
        {
            c.Users.Single(u => u.UserName == "luc").IsActive = false;
            return await Task.FromResult(true);
        });

        var wrong = await _panel.NewBrowser().SubmitAsync("/sign-in", ("Name", "jens"), ("Password", "wrong"));
        var unknown = await _panel.NewBrowser().SubmitAsync("/sign-in", ("Name", "nobody"), ("Password", "wrong"));
        var stopped = await _panel.NewBrowser().SubmitAsync("/sign-in", ("Name", "luc"), ("Password", PanelApplication.Password));

        Assert.Equal(SessionTexts.Wrong, wrong.Problems);
        Assert.Equal(wrong.Problems, unknown.Problems);
        Assert.Equal(wrong.Problems, stopped.Problems);
        Assert.Equal((wrong.Status, wrong.Path), (unknown.Status, unknown.Path));
    }

    // C120: one bcrypt each. There are only as many attempts of each kind as are not delayed. They take turns, so that other load slows all
    // of them. Without a hash an attempt would take a twentieth of the time.
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
        var form = Browser.ValuesOf(
            (AngleSharp.Html.Dom.IHtmlFormElement)(await browser.GetAsync("/sign-in")).Document.QuerySelector("main form")!);
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
        Assert.Equal(SessionTexts.SignedOut, after.Notice);
        Assert.StartsWith("/sign-in", await PathWithAsync(copied), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_ends_after_two_idle_hours_and_after_twelve_busy_ones()
    {
        var idle = await _panel.SignedInAsync();
        _clock.Advance(new SessionSettings().IdleTime);
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
        await using var panel = new PanelApplication(
            _clock)
        { Settings = { ["Sessions:IdleMinutes"] = "10", ["Sessions:LongestHours"] = "1" } };
        var browser = await panel.SignedInAsync("en");
        Assert.Contains(
            "after 10 minutes of inactivity, and after 1 hours", (await browser.GetAsync("/settings/sessions")).Text,
            StringComparison.Ordinal);

        _clock.Advance(TimeSpan.FromMinutes(10));

        Assert.StartsWith("/sign-in", (await browser.GetAsync("/domains")).Path, StringComparison.Ordinal);
    }

    [Fact] // C118
    public async Task What_was_sent_after_the_session_ended_is_kept_without_secrets_and_sent_again_after_sign_in()
    {
        var browser = await _panel.SignedInAsync();
        var form = await browser.GetAsync("/domains/new");
        _clock.Advance(new SessionSettings().LongestTime);
        browser.Client.DefaultRequestHeaders.Referrer = new Uri("http://localhost/domains/new");

        var page = await browser.SubmitAsync(form, "main form", ("Name", "exemple.be"), ("Prefix", "exemple"));

        Said.In(SessionTexts.Lost, page.Text);
        page = await browser.SubmitAsync(page, "main form", ("Name", "jens"), ("Password", PanelApplication.Password));
        Assert.Equal("/sign-in/kept", page.Path);
        Assert.Contains("exemple.be", page.Text, StringComparison.Ordinal);
        page = await browser.SubmitAsync(page, "main form");
        Assert.Equal("/domains/exemple.be/accounts", page.Path);
    }

    [Fact] // C118
    public async Task What_was_sent_is_shown_to_nobody_else_holds_no_password_and_comes_from_our_pages_alone()
    {
        var browser = await _panel.SignedInAsync();
        await _panel.AddAdminAsync("luc", AdminRole.Superuser);
        var form = await browser.GetAsync("/admins/new");
        (string, string)[] typed = [("Name", "eva"), ("Password", "Lima8-delta-y"), ("Confirmation", "Lima8-delta-y")];
        _clock.Advance(new SessionSettings().IdleTime);
        browser.Client.DefaultRequestHeaders.Referrer = new Uri("http://elsewhere.example/");
        await browser.SubmitAsync(form, "main form", typed);
        Assert.Null(_panel.Get<KeptForms>().Find(1));

        // The session is over, but its cookie still identifies it.
        var again = await _panel.SignInAsync("jens");
        form = await again.GetAsync("/admins/new");
        _clock.Advance(new SessionSettings().IdleTime);
        again.Client.DefaultRequestHeaders.Referrer = new Uri("http://localhost/admins/new");
        var page = await again.SubmitAsync(form, "main form", typed);
        Assert.DoesNotContain(_panel.Get<KeptForms>().Find(1)!.Fields, f => f.Value.Contains("Lima8", StringComparison.Ordinal));
        page = await again.SubmitAsync(page, "main form", ("Name", "luc"), ("Password", PanelApplication.Password));
        Assert.Equal("/admins/new", page.Path);
        Assert.DoesNotContain("eva", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_sign_in_that_was_left_open_in_a_second_tab_goes_on()
    {
        await _panel.SignedInAsync();
        var browser = _panel.NewBrowser();
        var second = await browser.GetAsync("/sign-in?back=%2Fdomains%2Fnew");
        await browser.SubmitAsync("/sign-in", ("Name", "jens"), ("Password", PanelApplication.Password));

        var page = await browser.SubmitAsync(second, "main form", ("Name", "jens"), ("Password", PanelApplication.Password));

        Assert.Equal((HttpStatusCode.OK, "/domains/new"), (page.Status, page.Path));
        var stale = await _panel.NewBrowser().PostAsync("/sign-in", new() { ["Name"] = "jens", ["Password"] = PanelApplication.Password });
        Assert.Equal((HttpStatusCode.OK, "/sign-in"), (stale.Status, stale.Path));
    }

    [Fact] // A23
    public async Task Signing_in_again_ends_the_former_session_of_that_browser()
    {
        var browser = await _panel.SignedInAsync();
        var former = (await browser.GetAsync("/domains")).Response.RequestMessage!.Headers.GetValues("Cookie").Single();
        var form = Browser.ValuesOf(
            (AngleSharp.Html.Dom.IHtmlFormElement)(await browser.GetAsync("/settings")).Document.QuerySelector("main form")!);

        await browser.PostAsync(
            "/sign-in",
            new()
            {
                ["Name"] = "jens",
                ["Password"] = PanelApplication.Password,
                ["__RequestVerificationToken"] = form["__RequestVerificationToken"]
            });

        Assert.Equal("/domains", (await browser.GetAsync("/domains")).Path);
        Assert.StartsWith("/sign-in", await PathWithAsync(former), StringComparison.Ordinal);
    }

    [Fact] // A23
    public async Task After_another_cost_a_sign_in_hashes_the_password_anew()
    {
        await _panel.SignedInAsync();
        await _panel.ChangeAdminAsync(
            "jens", a => a.PasswordHash = new Core.Passwords.PasswordHasher(new() { Cost = 5 }).Hash(PanelApplication.Password));

        Assert.Equal("/domains", (await (await _panel.SignInAsync("jens")).GetAsync("/domains")).Path);

        Assert.StartsWith("$2", (await _panel.Get<SessionRepository>().FindAdminAsync("jens"))!.PasswordHash, StringComparison.Ordinal);
        Assert.Contains("$04$", (await _panel.Get<SessionRepository>().FindAdminAsync("jens"))!.PasswordHash, StringComparison.Ordinal);
        Assert.Equal("/domains", (await (await _panel.SignInAsync("jens")).GetAsync("/domains")).Path);
    }

    [Theory] // A23
    [InlineData("/admins?q=")]
    [InlineData("/domains?q=")]
    [InlineData("/search?q=")]
    [InlineData("/audit?search=")]
    [InlineData("/domains?from=")]
    public async Task A_NUL_in_a_query_is_no_fault_of_the_panels(string path)
    {
        var browser = await _panel.SignedInAsync();
        foreach (var value in (string[])["%00", "ab%00cd", "%0%000", "%00%00"])
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(path + value)).Status);
    }

    [Fact]
    public async Task A_NUL_in_a_form_is_no_fault_of_the_panels_without_a_session_either()
    {
        var browser = await _panel.SignedInAsync();
        _clock.Advance(new SessionSettings().LongestTime);
        browser.Client.DefaultRequestHeaders.Referrer = new Uri("http://localhost/domains/new");

        Assert.Equal(HttpStatusCode.OK, (await browser.PostAsync("/domains/new", new() { ["Name"] = "a\0b" })).Status);
        Assert.Equal(HttpStatusCode.OK, (await _panel.NewBrowser().PostAsync("/sign-in", new() { ["back"] = "a\0b" })).Status);
    }

    [Theory]
    [InlineData("/autodiscover/autodiscover.xml")]
    [InlineData("/Autodiscover/Autodiscover.xml")]
    [InlineData("/mail/config-v1.1.xml")]
    [InlineData("/.well-known/autoconfig/mail/config-v1.1.xml")]
    [InlineData("/.well-known/mta-sts.txt")]
    public async Task What_mail_programs_and_servers_look_for_is_not_found_rather_than_a_page_of_sign_in(string path)
    {
        await _panel.SignedInAsync();
        var page = await _panel.NewBrowser().GetAsync(path);
        Assert.Equal((HttpStatusCode.NotFound, path), (page.Status, page.Path));
    }

    [Fact] // C118
    public async Task Two_tabs_of_one_session_both_save()
    {
        var browser = await _panel.SignedInAsync();
        var first = await browser.GetAsync("/domains/new");
        var second = await browser.GetAsync("/domains/new");

        Assert.Equal(
            "/domains/exemple.be/accounts",
            (await browser.SubmitAsync(first, "main form", ("Name", "exemple.be"), ("Prefix", "exemple"))).Path);
        Assert.Equal(
            "/domains/voisin.example/accounts",
            (await browser.SubmitAsync(second, "main form", ("Name", "voisin.example"), ("Prefix", "voisin"))).Path);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        var browser = await _panel.SignedInAsync();

        var page = await browser.PostAsync("/domains/new", new() { ["Name"] = "exemple.be", ["Prefix"] = "exemple" });

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal(ErrorTexts.FormStale, page.Title);
        Said.In(DomainTexts.None, (await browser.GetAsync("/domains")).Text);
    }

    [Fact]
    public async Task A_stopped_admin_is_out_with_his_next_page()
    {
        var browser = await _panel.SignedInAsync();
        await _panel.Get<Core.Data.MailDatabase>().ExecuteWithoutAuditAsync(c =>
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
