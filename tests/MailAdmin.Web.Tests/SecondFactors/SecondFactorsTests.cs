using System.Net;
using AngleSharp.Dom;
using MailAdmin.Core.Admins;
using MailAdmin.Core.SecondFactors;
using MailAdmin.Web.Features.Admins;
using MailAdmin.Web.Features.SecondFactors;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Tests.Shared;
using Microsoft.Extensions.Time.Testing;

namespace MailAdmin.Web.Tests.SecondFactors;

public sealed class SecondFactorsTests : IDisposable
{
    private const string Page = "/settings/second-factor";
    private const string StepForm = "main form[action='/sign-in/second-step']";

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.Parse("2026-11-25T09:41:00Z"));
    private readonly PanelApplication _panel;

    public SecondFactorsTests() => _panel = new(_clock);

    public void Dispose() => _panel.Dispose();

    [Fact]
    public async Task An_app_is_set_up_by_its_picture_and_then_its_code_is_asked_for()
    {
        var browser = await _panel.SignedInAsync();
        var secret = await SetUpAsync(browser);
        _clock.Advance(TimeSpan.FromMinutes(1));

        var other = await StepAsync("jens");
        Assert.StartsWith("/sign-in", (await other.GetAsync("/domains")).Path, StringComparison.Ordinal);
        var wrong = await other.SubmitAsync("/sign-in/second-step", ("Code", "123456"));
        var right = await other.SubmitAsync(wrong, StepForm, ("Code", CodeOf(secret)));

        Said.In(ProblemTexts.SecondFactorCodeWrong, wrong.ErrorAt("Code"));
        Assert.Equal("/domains", right.Path);
    }

    [Fact] // A22
    public async Task After_twenty_wrong_codes_the_right_one_opens_no_more_and_a_recovery_code_does()
    {
        var browser = await _panel.SignedInAsync();
        var secret = await SetUpAsync(browser);
        var codes = (
            await browser.SubmitAsync(await browser.GetAsync(Page), $"main form[action='{Page}/codes']")).Document.QuerySelectorAll(
                ".codes code").Select(c => c.TextContent).ToList();
        var jens = (await _panel.Get<SessionRepository>().FindAdminAsync("jens"))!;
        for (var n = 0; n < SignInFailures.MaxCodes; n++) await _panel.Get<SignInFailures>().CodeWrongAsync(jens, "192.0.2.7");
        _clock.Advance(TimeSpan.FromMinutes(1));

        var stopped = await (await StepAsync("jens")).SubmitAsync("/sign-in/second-step", ("Code", CodeOf(secret)));
        var page = await (await StepAsync("jens")).SubmitAsync("/sign-in/second-step", ("Code", codes[0]));

        Said.In(ProblemTexts.SecondFactorCodesStopped, stopped.ErrorAt("Code"));
        Assert.Equal("/domains", page.Path);
        Assert.Matches("\\b20\\b", page.Notice);
        Assert.Contains("192.0.2.7", page.Notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_that_signed_somebody_in_signs_nobody_in_again()
    {
        var secret = await SetUpAsync(await _panel.SignedInAsync());
        _clock.Advance(TimeSpan.FromMinutes(1));
        var code = CodeOf(secret);
        await (await StepAsync("jens")).SubmitAsync("/sign-in/second-step", ("Code", code));

        var again = await (await StepAsync("jens")).SubmitAsync("/sign-in/second-step", ("Code", code));

        Assert.NotEmpty(again.ErrorAt("Code"));
    }

    [Fact]
    public async Task Recovery_codes_are_shown_once_and_each_signs_in_once()
    {
        var browser = await _panel.SignedInAsync();
        await SetUpAsync(browser);
        var page = await browser.SubmitAsync(await browser.GetAsync(Page), $"main form[action='{Page}/codes']");
        var codes = page.Document.QuerySelectorAll(".codes code").Select(c => c.TextContent).ToList();
        Assert.Equal(8, codes.Count);
        Assert.Empty((await browser.GetAsync(Page)).Document.QuerySelectorAll(".codes code"));

        var first = await (await StepAsync("jens")).SubmitAsync("/sign-in/second-step", ("Code", codes[0].ToUpperInvariant()));
        var second = await (await StepAsync("jens")).SubmitAsync("/sign-in/second-step", ("Code", codes[0]));

        Said.In(SecondFactorTexts.RecoveryCodeUsed, first.Notice);
        Assert.NotEmpty(second.ErrorAt("Code"));
        Said.In(SecondFactorTexts.CodesLeft, (await browser.GetAsync(Page)).Text, 7);
    }

    [Fact]
    public async Task Changes_ask_for_the_password_again_and_stay_open_for_ten_minutes()
    {
        var browser = await _panel.SignedInAsync();
        Assert.Equal(Page, (await browser.GetAsync($"{Page}/app")).Path);

        var refused = await browser.SubmitAsync(Page, ("Present", "wrong"));
        Said.In(ProblemTexts.AdminPresentPasswordWrong, refused.ErrorAt("Present"));
        await browser.SubmitAsync(refused, "main form", ("Present", PanelApplication.Password));
        Assert.Equal($"{Page}/app", (await browser.GetAsync($"{Page}/app")).Path);
        _clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(Page, (await browser.GetAsync($"{Page}/app")).Path);
    }

    [Fact]
    public async Task Setting_one_up_ends_the_other_sessions()
    {
        var browser = await _panel.SignedInAsync();
        var other = await _panel.SignInAsync("jens");

        await SetUpAsync(browser);

        Assert.StartsWith("/sign-in", (await other.GetAsync("/domains")).Path, StringComparison.Ordinal);
        Assert.Equal("/domains", (await browser.GetAsync("/domains")).Path);
    }

    [Fact]
    public async Task The_picture_is_in_the_page_without_script_style_or_address_and_the_key_beside_it()
    {
        var browser = await OpenedAsync(await _panel.SignedInAsync());

        var page = await browser.GetAsync($"{Page}/app");

        Assert.Equal("", page.Problems);
        Assert.Empty(page.Document.QuerySelectorAll("style, [style], script:not([src]), main img"));
        Assert.NotEmpty(page.Document.QuerySelector("svg.qr path")!.GetAttribute("d")!);
        Assert.Equal(32, page.Document.QuerySelector("code.secret")!.TextContent.Replace(" ", "", StringComparison.Ordinal).Length);
    }

    [Fact]
    public async Task A_wrong_code_keeps_the_picture_that_was_scanned()
    {
        var browser = await OpenedAsync(await _panel.SignedInAsync());
        var page = await browser.GetAsync($"{Page}/app");
        var secret = Key(page);

        page = await browser.SubmitAsync(page, "main form", ("Code", "000000"));

        Assert.Equal(secret, Key(page));
        page = await browser.SubmitAsync(page, "main form", ("Code", CodeOf(page)));
        Said.In(SecondFactorTexts.AppSetUp, page.Notice);
    }

    [Fact] // C120
    public async Task After_five_wrong_codes_one_is_looked_at_in_half_a_minute_and_the_right_one_then_works()
    {
        var secret = await SetUpAsync(await _panel.SignedInAsync());
        _clock.Advance(TimeSpan.FromMinutes(1));
        var browser = await StepAsync("jens");
        for (var i = 0; i < 5; i++) await browser.SubmitAsync("/sign-in/second-step", ("Code", "123456"));

        var held = await browser.SubmitAsync("/sign-in/second-step", ("Code", CodeOf(secret)));
        _clock.Advance(TimeSpan.FromSeconds(30));
        var after = await browser.SubmitAsync("/sign-in/second-step", ("Code", CodeOf(secret)));

        Assert.Equal(HttpStatusCode.TooManyRequests, held.Status);
        Assert.Equal("/domains", after.Path);
    }

    [Fact]
    public async Task Too_long_after_the_password_it_is_asked_for_again()
    {
        var secret = await SetUpAsync(await _panel.SignedInAsync());
        var browser = await StepAsync("jens");
        var page = await browser.GetAsync("/sign-in/second-step");
        _clock.Advance(TimeSpan.FromMinutes(11));

        page = await browser.SubmitAsync(page, StepForm, ("Code", CodeOf(secret)));

        Assert.StartsWith("/sign-in", page.Path, StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector("#password"));
    }

    [Theory]
    [InlineData(AdminRole.DomainAdmin, "DomainAdmins")]
    [InlineData(AdminRole.Support, "Support")]
    public async Task Whose_role_has_to_have_one_is_led_to_set_it_up_and_sees_nothing_else_before(AdminRole role, string box)
    {
        var jens = await _panel.SignedInAsync();
        await _panel.AddAdminAsync("luc", role, await _panel.AddDomainAsync());
        var luc = await _panel.SignInAsync("luc");
        Assert.Equal("/domains", (await luc.GetAsync("/domains")).Path);

        await jens.SubmitAsync("/security", (box, "true"));

        Assert.Equal(Page, (await luc.GetAsync("/domains")).Path);
        Assert.Equal(Page, (await luc.GetAsync("/settings")).Path);
        Assert.Equal("/domains", (await jens.GetAsync("/domains")).Path);
        var secret = await SetUpAsync(luc);
        Assert.Equal("/domains", (await luc.GetAsync("/domains")).Path);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(
            "/domains/exemple.be/accounts",
            (await (await StepAsync("luc")).SubmitAsync("/sign-in/second-step", ("Code", CodeOf(secret)))).Path);
    }

    [Fact]
    public async Task The_last_one_is_not_removed_where_it_is_required()
    {
        var jens = await _panel.SignedInAsync();
        await SetUpAsync(jens);
        await jens.SubmitAsync("/security", ("Superusers", "true"));

        var page = await jens.SubmitAsync(await jens.GetAsync(Page), $"main form[action='{Page}/app/delete']");

        Said.In(ProblemTexts.SecondFactorLastOne, page.Notice);
        await jens.SubmitAsync("/security", ("Superusers", ""));
        page = await jens.SubmitAsync(await jens.GetAsync(Page), $"main form[action='{Page}/app/delete']");
        Assert.Equal(SecondFactorTexts.AppRemoved, page.Notice);
        Assert.Equal("/domains", (await (await _panel.SignInAsync("jens")).GetAsync("/domains")).Path);
    }

    [Fact]
    public async Task A_superuser_resets_it_for_somebody_who_lost_everything()
    {
        var jens = await _panel.SignedInAsync();
        await _panel.AddAdminAsync("luc", AdminRole.Support, await _panel.AddDomainAsync());
        await SetUpAsync(await _panel.SignInAsync("luc"));
        var link = (await jens.GetAsync("/admins/2")).Document.QuerySelector("a[href='/admins/2/second-factor/reset']");
        Assert.NotNull(link);

        var refused = await jens.SubmitAsync("/admins/2/second-factor/reset", ("Present", "wrong"));
        Said.In(ProblemTexts.AdminPresentPasswordWrong, refused.ErrorAt("Present"));
        var page = await jens.SubmitAsync("/admins/2/second-factor/reset", ("Present", PanelApplication.Password));

        Said.In(AdminTexts.SecondFactorWasReset, page.Notice);
        Assert.Null(page.Document.QuerySelector("a[href='/admins/2/second-factor/reset']"));
        Assert.Equal("/domains", (await (await _panel.SignInAsync("luc")).GetAsync("/domains")).Path);
    }

    [Fact]
    public async Task A_wrong_password_is_answered_alike_whether_a_second_step_would_follow_or_not()
    {
        await _panel.SignedInAsync();
        await _panel.AddAdminAsync("luc", AdminRole.Support);
        await SetUpAsync(await _panel.SignInAsync("luc"));

        var with = await _panel.NewBrowser().SubmitAsync("/sign-in", ("Name", "luc"), ("Password", "wrong"));
        var without = await _panel.NewBrowser().SubmitAsync("/sign-in", ("Name", "jens"), ("Password", "wrong"));

        Assert.Equal((without.Path, without.Problems), (with.Path, with.Problems));
    }

    [Theory]
    [InlineData("{}", "")]
    [InlineData("nonsense", "nonsense")]
    [InlineData("", "")]
    public async Task What_is_no_passkey_signs_nobody_in(string credential, string state)
    {
        await _panel.SignedInAsync();
        var browser = _panel.NewBrowser();
        var page = await browser.GetAsync("/sign-in");

        page = await browser.SubmitAsync(page, "main form[data-passkey]", ("Credential", credential), ("State", state));

        Said.In(ProblemTexts.PasskeyRefused, page.Problems);
        Assert.StartsWith("/sign-in", (await browser.GetAsync("/domains")).Path, StringComparison.Ordinal);
    }

    private async Task<Browser> StepAsync(string name)
    {
        var browser = _panel.NewBrowser();
        var page = await browser.SubmitAsync("/sign-in", ("Name", name), ("Password", PanelApplication.Password));
        Assert.StartsWith("/sign-in/second-step", page.Path, StringComparison.Ordinal);
        return browser;
    }

    private static async Task<Browser> OpenedAsync(Browser browser)
    {
        await browser.SubmitAsync(await browser.GetAsync(Page), $"main form[action='{Page}/open']", ("Present", PanelApplication.Password));
        return browser;
    }

    private async Task<string> SetUpAsync(Browser browser)
    {
        var page = await (await OpenedAsync(browser)).GetAsync($"{Page}/app");
        var secret = Key(page);
        page = await browser.SubmitAsync(page, "main form", ("Code", CodeOf(secret)));
        Assert.Equal(8, page.Document.QuerySelectorAll(".codes code").Length);
        return secret;
    }

    private static string Key(WebPage page) =>
        page.Document.QuerySelector("code.secret")!.TextContent.Replace(" ", "", StringComparison.Ordinal);

    private string CodeOf(WebPage page) => CodeOf(Key(page));

    private string CodeOf(string key) => AuthenticatorApp.CodeOf(key, _clock.GetUtcNow());
}
