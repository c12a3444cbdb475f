using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using MailAdmin.Core.Admins;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Admins;

/// <summary>The passwords of admins, and the superuser's own, which the forms ask for.</summary>
public sealed class AdminPasswordTests : AdminsTest
{
    [Theory] // C103, C109
    [InlineData("""a1"b'c$d%e\f&g;h <x>""")]
    [InlineData("fish &amp; 3 chips")]
    [InlineData("p%40ss;w\"d]z<&:k^:")]
    public async Task A_password_with_any_signs_opens_the_panel_exactly_as_it_was_set(string password)
    {
        var browser = await _panel.SignedInAsync();
        Assert.Equal("/admins", (await browser.SubmitAsync("/admins/new", Fields("luc", "SupportOfAll", "", password))).Path);

        Assert.Equal("/domains", (await _panel.NewBrowser().SubmitAsync("/sign-in", ("Name", "luc"), ("Password", password))).Path);
        Assert.Equal(
            "/sign-in",
            (await _panel.NewBrowser()
                .SubmitAsync(
                    "/sign-in", ("Name", "luc"), ("Password", password.Replace("&", "&amp;", StringComparison.Ordinal) + " "))).Path);
    }

    [Theory] // C107, C111
    [InlineData("", "", "Password", nameof(ProblemTexts.PasswordMissing))]
    [InlineData("        ", "        ", "Password", nameof(ProblemTexts.PasswordMissing))]
    [InlineData("kfmt7wpex3hq ", "kfmt7wpex3hq ", "Password", nameof(ProblemTexts.PasswordOuterSpaces))]
    [InlineData("kfmt7\u200Bwpex3hq", "kfmt7\u200Bwpex3hq", "Password", nameof(ProblemTexts.PasswordInvisible))]
    [InlineData("abcdefgh", "abcdefgh", "Password", nameof(ProblemTexts.PasswordLetterAndDigit))]
    [InlineData("kfmt7\twpex3\nhq", "kfmt7\twpex3\nhq", "Password", nameof(ProblemTexts.PasswordControlCharacters))]
    [InlineData("luc.martin1", "luc.martin1", "Password", nameof(ProblemTexts.PasswordOwnName))]
    [InlineData("Kilo7-gamma-x", "Kilo7-gamma-x ", "Confirmation", nameof(ProblemTexts.PasswordConfirmationDiffers))]
    public async Task Both_password_forms_hold_to_the_rule_of_all_forms(string password, string confirmation, string field, string problem)
    {
        var browser = await _panel.SignedInAsync();
        await _panel.AddAdminAsync("luc.martin", AdminRole.Support);

        foreach (var path in new[] { "/admins/new", $"/admins/{await IdAsync("luc.martin")}/password" })
        {
            var form = await browser.GetAsync(path);
            var values = Browser.ValuesOf(form.Document.QuerySelector<IHtmlFormElement>("main form")!);
            (values["Name"], values["Password"], values["Confirmation"]) = (
                path == "/admins/new" ? "luc.martin1" : "", password, confirmation);
            values["Present"] = PanelApplication.Password;

            Said.In(Said.Problem(problem), (await browser.PostAsync(path, values)).ErrorAt(field));
        }
        Assert.Equal("/domains", (await (await _panel.SignInAsync("luc.martin")).GetAsync("/domains")).Path);
    }

    [Theory] // A16
    [InlineData("/admins/new")]
    [InlineData("/admins/2")]
    [InlineData("/admins/2/password")]
    public async Task An_open_browser_alone_makes_no_superuser_and_takes_over_no_admin(string path)
    {
        var browser = await _panel.SignedInAsync();
        await _panel.AddAdminAsync("luc", AdminRole.Support);
        (string, string)[] typed = [("Name", "eva"), ("Rights", "Superuser"), ("Password", "Lima8-delta-y"),
            ("Confirmation", "Lima8-delta-y")];
        var known = (await browser.GetAsync(path)).Document.QuerySelectorAll("main form [name]").Select(f => f.GetAttribute("name")!)
            .ToHashSet();
        typed = [.. typed.Where(t => known.Contains(t.Item1))];

        var without = await browser.SubmitAsync(path, typed);
        var wrong = await browser.SubmitAsync(path, [.. typed, ("Present", "wrong")]);

        Assert.NotEmpty(without.ErrorAt("Present"));
        Assert.NotEmpty(wrong.ErrorAt("Present"));
        Assert.Null(await _panel.Get<SessionRepository>().FindAdminAsync("eva"));
        Assert.Equal(AdminRole.Support, (await _panel.Get<SessionRepository>().FindAdminAsync("luc"))!.Role);
        Assert.Equal("/domains", (await (await _panel.SignInAsync("luc")).GetAsync("/domains")).Path);

        Assert.Equal("/admins", (await browser.SubmitAsync(path, [.. typed, ("Present", PanelApplication.Password)])).Path);
    }

    [Fact] // C111
    public async Task A_password_with_a_nul_makes_no_admin()
    {
        var browser = await _panel.SignedInAsync();

        var page = await browser.SubmitAsync("/admins/new", Fields("luc", "Support", "", "abc\0defgh12"));

        Assert.True(page.HasErrors || page.Status == HttpStatusCode.BadRequest, page.Text);
        Assert.Null(await _panel.Get<SessionRepository>().FindAdminAsync("luc"));
    }

    [Fact] // C124
    public async Task The_browser_is_told_not_to_fill_in_the_superusers_own_password()
    {
        var browser = await _panel.SignedInAsync();
        await _panel.AddAdminAsync("luc", AdminRole.Support);

        foreach (var path in new[] { "/admins/new", $"/admins/{await IdAsync("luc")}/password" })
        {
            var fields = (await browser.GetAsync(path)).Document.QuerySelectorAll("main input:not([type=hidden]):not([name=Present])");
            Assert.All(
                fields, f => Assert.Equal(f.GetAttribute("type") == "password" ? "new-password" : "off", f.GetAttribute("autocomplete")));
        }
    }
}
