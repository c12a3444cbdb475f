using System.Net;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Domains;
using MailAdmin.Web.Features.Aliases;
using MailAdmin.Web.Features.Search;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Search;

public sealed class SearchTests : IDisposable
{
    private readonly PanelApplication _panel = new();
    private MailDomain _domain = null!;
    private MailDomain _other = null!;

    public void Dispose() => _panel.Dispose();

    [Fact]
    public async Task The_box_is_on_every_page_and_finds_by_part_of_a_word_grouped_by_kind()
    {
        var browser = await StartAsync();

        var page = await SearchAsync(browser, "pasc");

        Assert.Equal([SharedTexts.Accounts, SearchTexts.LeadingThere], page.Document.QuerySelectorAll(".found h2").Select(h => h.TextContent));
        Assert.Equal(["pascal@voisin.example", "any@exemple.be"], Hits(page));
        Assert.Equal("pasc", page.Document.QuerySelector("#search")!.GetAttribute("value"));
        Assert.All(page.Document.QuerySelectorAll("mark"), m => Assert.Equal("pasc", m.TextContent));
        Said.In(SharedTexts.Pending, page.Document.QuerySelector(".found .chip")!.TextContent);
        Assert.Equal(
            "/domains/voisin.example/accounts/voisin0001?back=%2Fsearch%3Fq%3Dpasc",
            page.Document.QuerySelector(".found .grow a")!.GetAttribute("href"));
        Assert.Equal(
            HttpStatusCode.OK, (await browser.GetAsync(page.Document.QuerySelector(".found .grow a")!.GetAttribute("href")!)).Status);
    }

    [Fact] // C131
    public async Task What_is_done_from_the_results_is_done_in_the_right_domain_and_leads_back_to_them()
    {
        await StartAsync();
        await _panel.AddAdminAsync("luc", AdminRole.DomainAdmin, _domain, _other);
        var browser = await _panel.SignInAsync("luc");
        var results = await SearchAsync(browser, "liste");
        string[] links = [.. results.Document.QuerySelector(".found .items")!.QuerySelectorAll("a").Select(a => a.GetAttribute("href")!)];

        var asking = await browser.GetAsync(links.Single(l => l.Contains("/delete", StringComparison.Ordinal)));
        Assert.Equal("/search?q=liste", asking.Document.QuerySelector("main footer a")!.GetAttribute("href"));
        Assert.Contains("liste@voisin.example", asking.Title, StringComparison.Ordinal);
        var after = await browser.SubmitAsync(asking, "main form");

        Assert.Equal("/search?q=liste", after.Path);
        Said.In(AliasTexts.Deleted, after.Notice, "liste@voisin.example");
        Assert.Empty(Hits(after));
    }

    [Fact] // C131
    public async Task A_password_changed_from_the_results_leads_back_to_them_and_one_from_elsewhere_does_not()
    {
        var browser = await StartAsync();
        var results = await SearchAsync(browser, "exemple0001");
        var link = results.Document.QuerySelectorAll(".found .items a").Select(a => a.GetAttribute("href")!)
            .First(l => l.Contains("/password", StringComparison.Ordinal));

        var after = await browser.SubmitAsync(link, ("Password", "Negen7Paarden!"), ("Confirmation", "Negen7Paarden!"));
        var elsewhere = await browser.SubmitAsync(
            "/domains/exemple.be/accounts/exemple0001/password", ("Password", "Acht6Schapen!"), ("Confirmation", "Acht6Schapen!"));

        Assert.Equal("/search?q=exemple0001", after.Path);
        Assert.NotEmpty(after.Notice);
        Assert.StartsWith("/domains/exemple.be/accounts", elsewhere.Path);
    }

    [Fact]
    public async Task A_password_that_was_generated_from_the_results_is_shown_and_the_way_back_goes_on_from_there()
    {
        var browser = await StartAsync();

        var sheet = await SubmitFromResultsAsync(browser, "password", ("Generate", "true"));

        Assert.StartsWith("/domains/exemple.be/accounts/exemple0001/client-settings", sheet.Path);
        Assert.NotEmpty(sheet.Document.QuerySelector("code.secret")!.TextContent);
        Assert.Equal("/search?q=exemple0001", sheet.Document.QuerySelector("main > .crumbs a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task What_is_saved_from_the_results_leads_back_to_them_also_after_it_was_refused()
    {
        var browser = await StartAsync();
        var redirect = await SubmitFromResultsAsync(browser, "redirect", ("Destinations", "@@"));
        var vacation = await SubmitFromResultsAsync(browser, "vacation", ("State", "on"), ("Subject", ""));
        Assert.True(redirect.HasErrors && vacation.HasErrors);

        foreach (var after in (WebPage[])[
            await browser.SubmitAsync(redirect, "main form.sheet", ("Destinations", "ami@example.org")),
            await browser.SubmitAsync(vacation, "main form.sheet", ("State", "on"), ("Subject", "Absente"), ("Text", "Je reviens lundi."))])
        {
            Assert.Equal("/search?q=exemple0001", after.Path);
            Assert.NotEmpty(after.Notice);
        }
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    public async Task The_way_back_never_leads_out_of_the_panel(string elsewhere)
    {
        var browser = await StartAsync();

        var page = await browser.GetAsync("/domains/exemple.be/accounts/exemple0001/password?back=" + Uri.EscapeDataString(elsewhere));
        var after = await browser.SubmitAsync(page, "main form", ("Password", "Negen7Paarden!"), ("Confirmation", "Negen7Paarden!"));

        Assert.DoesNotContain("evil", page.Document.QuerySelector("main")!.OuterHtml, StringComparison.Ordinal);
        Assert.Equal("/domains/exemple.be/accounts/exemple0001", after.Path);
    }

    [Fact] // C131
    public async Task Destinations_are_added_to_a_found_alias_without_losing_the_way_back()
    {
        var browser = await StartAsync();
        var page = await browser.GetAsync(
            (await SearchAsync(browser, "any")).Document.QuerySelector(".found .grow a")!.GetAttribute("href")!);

        page = await browser.SubmitAsync(page, "form.sheet", ("Destinations", "x@example.org"));

        Assert.EndsWith("?back=%2Fsearch%3Fq%3Dany", page.Path);
        Assert.Equal("/search?q=any", page.Document.QuerySelector("main > .crumbs a")!.GetAttribute("href"));
    }

    [Fact] // C089, C092
    public async Task A_domain_admin_finds_nothing_of_other_domains()
    {
        await StartAsync();
        await _panel.AddAdminAsync("luc", AdminRole.DomainAdmin, _domain);
        var browser = await _panel.SignInAsync("luc");

        foreach (var typed in (string[])["voisin", "pascal@voisin.example", "voisin0001", "liste", "v"])
            Assert.DoesNotContain(Hits(await SearchAsync(browser, typed)), h => h.Contains("voisin.example", StringComparison.Ordinal));
        Assert.Equal(["any@exemple.be"], Hits(await SearchAsync(browser, "pasc")));
    }

    [Fact]
    public async Task Support_may_look_and_is_offered_nothing_that_it_may_not_do()
    {
        await StartAsync();
        await _panel.AddAdminAsync("sofie", AdminRole.Support, _domain, _other);

        var page = await SearchAsync(await _panel.SignInAsync("sofie"), "e");

        Assert.NotEmpty(Hits(page));
        Assert.DoesNotContain(
            page.Document.QuerySelectorAll(".items a"), a => a.GetAttribute("href")!.Contains("/delete", StringComparison.Ordinal));
    }

    [Theory] // C114, C129
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("%")]
    [InlineData("_")]
    [InlineData("\\")]
    [InlineData("\" OR \"")]
    [InlineData("'; DROP TABLE Accounts; --")]
    public async Task Whatever_is_typed_is_shown_as_text_and_matches_itself_alone(string typed)
    {
        var browser = await StartAsync();

        var page = await SearchAsync(browser, typed);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Said.In(SearchTexts.NothingFound, page.Text, typed);
        Assert.Equal(typed, page.Document.QuerySelector("#search")!.GetAttribute("value"));
        Assert.Empty(page.Document.QuerySelectorAll("main img, main script, body script"));
    }

    // Mail programs, links and the mail log write addresses like this.
    [Theory]
    [InlineData("\"Pascal\" <pascal@voisin.example>")]
    [InlineData("mailto:pascal@voisin.example")]
    [InlineData("pascal+x@voisin.example")]
    [InlineData("voisin0001@store.internal")]
    public async Task What_is_pasted_is_found(string pasted) =>
        Assert.Contains("pascal@voisin.example", Hits(await SearchAsync(await StartAsync(), pasted)));

    [Fact]
    public async Task Without_a_text_the_page_says_what_may_be_looked_for()
    {
        var page = await SearchAsync(await StartAsync(), "  ");

        Said.In(SearchTexts.NothingTyped, page.Text);
        Assert.Empty(Hits(page));
    }

    [Fact]
    public async Task Nobody_searches_without_signing_in() =>
        Assert.StartsWith(
            "/sign-in",
            (await _panel.NewBrowser().GetAsync("/search?q=exemple")).Path.Replace("/setup", "/sign-in", StringComparison.Ordinal));

    [Fact]
    public async Task More_of_a_kind_than_a_page_holds_is_one_link_away()
    {
        var browser = await StartAsync();
        for (var n = 10; n < 22; n++) await _panel.Get<AliasService>()
            .CreateAsync(_domain.Id, LocalPart.Parse($"groupe{n}"), [], Actor.Panel);

        var page = await SearchAsync(browser, "groupe");
        var all = await browser.GetAsync(page.Document.QuerySelector(".more a")!.GetAttribute("href")!);

        // C130: the page shows the total and has a pager.
        Assert.Contains("12", page.Document.QuerySelector(".more")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("12", all.Document.QuerySelector(".pager")!.TextContent, StringComparison.Ordinal);
        var rest = await browser.GetAsync("/search" + all.Document.QuerySelector(".pager [rel=next]")!.GetAttribute("href")!);
        Assert.Equal((10, 10, 2), (Hits(page).Count, Hits(all).Count, Hits(rest).Count));
        Assert.Empty(Hits(all).Intersect(Hits(rest), StringComparer.Ordinal));
    }

    private async Task<Browser> StartAsync()
    {
        var browser = await _panel.SignedInAsync();
        (_domain, _other) = (await _panel.AddDomainAsync(), await _panel.AddDomainAsync("voisin.example", "voisin"));
        await _panel.AddAccountAsync(_domain, "gugus.dupont");
        await _panel.AddAccountAsync(_other, "pascal");
        await _panel.Get<AliasService>()
            .CreateAsync(_domain.Id, LocalPart.Parse("any"), ["exemple0001", "pascal@voisin.example"], Actor.Panel);
        await _panel.Get<AliasService>().CreateAsync(_other.Id, LocalPart.Parse("liste"), ["support@example.org"], Actor.Panel);
        return browser;
    }

    // Uses the search box of an open page, as a browser does.
    private static async Task<WebPage> SearchAsync(Browser browser, string typed)
    {
        var form = (await browser.GetAsync("/domains")).Document.QuerySelector("form[role=search].everywhere")!;
        return await browser.GetAsync(
            $"{form.GetAttribute("action")}?{form.QuerySelector("input")!.GetAttribute("name")}={Uri.EscapeDataString(typed)}");
    }

    private static async Task<WebPage> SubmitFromResultsAsync(Browser browser, string page, params (string Name, string Value)[] fields)
    {
        var links = (await SearchAsync(browser, "exemple0001")).Document.QuerySelectorAll(".found .items a")
            .Select(a => a.GetAttribute("href")!);
        return await browser.SubmitAsync(
            await browser.GetAsync(links.First(l => l.Contains("/" + page, StringComparison.Ordinal))), "main form.sheet", fields);
    }

    private static List<string> Hits(WebPage page) => [.. page.Document.QuerySelectorAll(".found .grow > a").Select(a => a.TextContent)];
}
