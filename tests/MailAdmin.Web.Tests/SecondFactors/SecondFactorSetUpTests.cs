using AngleSharp.Dom;
using MailAdmin.Core.Admins;
using MailAdmin.Web.Features.Admins;
using MailAdmin.Web.Features.SecondFactors;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.SecondFactors;

/// <summary>Setting up an app, and what is asked for before.</summary>
public sealed class SecondFactorSetUpTests : SecondFactorTest
{
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
}
