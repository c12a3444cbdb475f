using System.Net;
using AngleSharp.Dom;
using MailAdmin.Core.Admins;
using MailAdmin.Web.Features.SecondFactors;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.SecondFactors;

/// <summary>The second step of signing in.</summary>
public sealed class SecondFactorSignInTests : SecondFactorTest
{
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
}
