using MailAdmin.Core.Admins;
using MailAdmin.Web.Features.Aliases;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Search;

/// <summary>What is done from the results leads back to them.</summary>
public sealed class SearchReturnTests : SearchTest
{
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

    private static async Task<WebPage> SubmitFromResultsAsync(Browser browser, string page, params (string Name, string Value)[] fields)
    {
        var links = (await SearchAsync(browser, "exemple0001")).Document.QuerySelectorAll(".found .items a")
            .Select(a => a.GetAttribute("href")!);
        return await browser.SubmitAsync(
            await browser.GetAsync(links.First(l => l.Contains("/" + page, StringComparison.Ordinal))), "main form.sheet", fields);
    }
}
