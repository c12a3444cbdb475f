using MailAdmin.Core.Admins;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Hosting;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Sessions;

/// <summary>How sessions end, and what happens to what was sent afterwards.</summary>
public sealed class SessionsTests : SessionTest
{
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
}
