using System.Net;
using MailAdmin.Core.Admins;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Hosting;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Sessions;

/// <summary>Signing in: what it answers, where it leads, and what it leaves behind.</summary>
public sealed class SignInTests : SessionTest
{
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
    // of them, and the range leaves room for a busy machine. Without a hash an attempt would take a twentieth of the time.
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

        Assert.InRange(took["unknown"].Min() / took["known"].Min(), 0.3, 3.3);
        Assert.InRange(took["stopped"].Min() / took["known"].Min(), 0.3, 3.3);
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
}
