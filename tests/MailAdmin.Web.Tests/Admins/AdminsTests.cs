using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Web.Features.Admins;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Tests.Shared;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Web.Tests.Admins;

public sealed class AdminsTests : IDisposable
{
    private readonly PanelApplication _panel = new();

    public void Dispose() => _panel.Dispose();

    [Theory] // C102
    [InlineData(DomainRouting.Local, DomainState.Active)]
    [InlineData(DomainRouting.Relay, DomainState.Active)]
    [InlineData(DomainRouting.Local, DomainState.Suspended)]
    public async Task A_new_domain_admin_sees_exactly_the_domains_given_to_him_whatever_their_routing(
        DomainRouting routing, DomainState state)
    {
        var browser = await _panel.SignedInAsync();
        await _panel.AddDomainAsync();
        await _panel.AddDomainAsync("voisin.example", "voisin");
        await _panel.AddDomainAsync("autre.example", "autre");
        await _panel.Get<MailDatabase>().WriteAsync(Actor.Panel, async write =>
        {
            var voisin = await write.Context.Domains.SingleAsync(d => d.Name == DomainName.Parse("voisin.example"));
            (voisin.Routing, voisin.State) = (routing, state);
        });

        var page = await browser.SubmitAsync("/admins/new", Fields("luc", "DomainAdmin", "exemple.be\r\n voisin.example "));

        Assert.Equal("/admins", page.Path);
        Said.In(AdminTexts.Created, page.Notice, "luc");
        Said.In(AdminTexts.DomainAndMore, page.Text, "exemple.be", 1);
        var domains = await (await _panel.SignInAsync("luc")).GetAsync("/domains");
        Assert.Equal(["exemple.be", "voisin.example"], domains.Document.QuerySelectorAll("tbody strong").Select(e => e.TextContent));
    }

    [Fact]
    public async Task Everything_wrong_is_told_at_once_and_what_was_typed_stays()
    {
        var browser = await _panel.SignedInAsync();

        var page = await browser.SubmitAsync(
            "/admins/new", ("Name", "JENS"), ("Password", "kort"), ("Confirmation", "kort"), ("Domains", "exemple.be\nunknown.example"));

        Said.In(ProblemTexts.AdminNameTaken, page.ErrorAt("Name"), "JENS");
        Said.In(ProblemTexts.PasswordTooShort, page.ErrorAt("Password"), 8);
        Said.In(ProblemTexts.AdminDomainUnknown, page.ErrorAt("Domains"), "unknown.example");
        Assert.Equal("exemple.be\nunknown.example", page.Document.QuerySelector<IHtmlTextAreaElement>("#domains")!.Value);
        Assert.DoesNotContain("kort", page.Html, StringComparison.Ordinal);
    }

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

    [Fact]
    public async Task The_list_is_found_by_name_and_by_domain_and_keeps_the_search_from_page_to_page()
    {
        var browser = await _panel.SignedInAsync();
        var domain = await _panel.AddDomainAsync();
        for (var n = 1; n <= 12; n++) await _panel.AddAdminAsync($"luc{n:00}", AdminRole.DomainAdmin, n == 3 ? [domain] : []);

        var first = await browser.GetAsync("/admins?q=LUC");
        var next = await browser.GetAsync("/admins" + first.Document.QuerySelector("a[rel=next]")!.GetAttribute("href"));

        Assert.Equal(10, NamesIn(first).Count);
        Assert.Equal(["luc11", "luc12"], NamesIn(next));
        Assert.Equal(["luc03"], NamesIn(await browser.GetAsync("/admins?q=Exemple.be")));
        Said.In(SharedTexts.NothingMatches, (await browser.GetAsync("/admins?q=nobody")).Text, "nobody");
    }

    [Theory] // C114
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("<script>alert(1)</script>")]
    public async Task What_was_looked_for_is_shown_as_text(string search)
    {
        var page = await (await _panel.SignedInAsync()).GetAsync("/admins?q=" + Uri.EscapeDataString(search));

        Assert.Contains(search, page.Text, StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll("main img, main script"));
    }

    [Fact] // C114
    public async Task An_admin_has_no_name_that_is_markup()
    {
        var page = await (await _panel.SignedInAsync()).SubmitAsync("/admins/new", Fields("<img src=x onerror=alert(1)>", "Support", ""));

        Said.In(ProblemTexts.AdminNameMalformed, page.ErrorAt("Name"));
        Assert.Empty(page.Document.QuerySelectorAll("main img"));
    }

    [Fact] // C098
    public async Task The_only_superuser_can_neither_delete_nor_demote_himself_and_is_told_why()
    {
        var browser = await _panel.SignedInAsync();
        var path = $"/admins/{await IdAsync("jens")}";

        var demoted = await browser.SubmitAsync(path, ("Rights", "Support"));
        var deleted = await browser.SubmitAsync(path + "/delete");

        Said.In(ProblemTexts.AdminOwnRole, demoted.ErrorAt("Rights"));
        Said.In(ProblemTexts.AdminLastSuperuser, deleted.Problems);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/admins")).Status);
    }

    [Fact]
    public async Task A_thousand_domains_are_given_and_taken_in_one_form()
    {
        var browser = await _panel.SignedInAsync();
        var names = Enumerable.Range(1, 1000).Select(n => $"client{n:0000}.example").ToList();
        await _panel.Get<MailDatabase>().WriteAsync(Actor.Panel, async write =>
        {
            var store = await write.Context.Stores.Select(s => s.Id).SingleAsync();
            write.Context.Domains.AddRange(
                names.Select(
                    (name, n) => new MailDomain { Name = DomainName.Parse(name), Prefix = Prefix.Parse($"c{n}"), StoreId = store }));
        });

        Assert.Equal("/admins", (await browser.SubmitAsync("/admins/new", Fields("luc", "DomainAdmin", string.Join('\n', names)))).Path);
        var edit = $"/admins/{await IdAsync("luc")}";
        var shown = (await browser.GetAsync(edit)).Document.QuerySelector<IHtmlTextAreaElement>("#domains")!.Value;
        await browser.SubmitAsync(edit, ("Domains", names[7]));

        Assert.Equal(names, shown.Split('\n'));
        Assert.Equal([names[7]], (await _panel.Get<AdminRepository>().FindAsync(await IdAsync("luc")))!.Domains.Select(d => d.Value));
    }

    private static (string, string)[] Fields(string name, string rights, string domains, string password = PanelApplication.Password) =>
        [("Name", name), ("Password", password), ("Confirmation", password), ("Rights", rights), ("Domains", domains)];

    private static List<string> NamesIn(WebPage page) => [.. page.Document.QuerySelectorAll("tbody strong").Select(e => e.TextContent)];

    private async Task<long> IdAsync(string name) => (await _panel.Get<SessionRepository>().FindAdminAsync(name))!.Id;
}
