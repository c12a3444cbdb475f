using System.Net;
using MailAdmin.Web.Features.Aliases;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Aliases;

/// <summary>The page of one alias, and its deletion.</summary>
public sealed class AliasesTests : AliasTest
{
    [Fact]
    public async Task An_alias_without_destination_warns_and_works_with_its_first_one()
    {
        var browser = await StartAsync();

        var page = await CreateAsync(browser, "gugus@exemple.be", "");
        Said.In(AliasTexts.NoDestinationYet, page.Text);
        page = await AddAsync(browser, page, "exemple0001");

        Said.NotIn(AliasTexts.NoDestinationYet, page.Text);
        Assert.Equal(["exemple0001"], Destinations(page));
        var list = await browser.GetAsync(ListPath);
        Said.In(AliasTexts.Total, list.Text, 1);
        Assert.Contains("exemple0001", list.Document.QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);
    }

    [Fact] // C020
    public async Task Sending_the_page_without_a_change_keeps_all_destinations()
    {
        var browser = await StartAsync();
        var page = await CreateAsync(browser, "any", "exemple0001 support@example.org compta@exemple.be");

        var after = await AddAsync(browser, page, " \r\n ");

        Said.In(AliasTexts.DestinationMissing, after.ErrorAt("Destinations"));
        Assert.Equal(Destinations(page), Destinations(after));
    }

    [Theory] // C061
    [InlineData("*")]
    [InlineData("*@exemple.be")]
    [InlineData("@exemple.be")]
    [InlineData("%")]
    public async Task A_star_points_to_the_catch_all(string address) =>
        Said.In(ProblemTexts.AddressCatchAll, (await CreateAsync(await StartAsync(), address, "exemple0001")).ErrorAt("Address"));

    [Fact]
    public async Task An_address_in_use_is_refused()
    {
        var browser = await StartAsync();

        var page = await CreateAsync(browser, "GUGUS.dupont", ""); // C010

        Said.In(ProblemTexts.AddressTakenByAccount, page.ErrorAt("Address"), null, "exemple0001");
        Assert.Equal("/domains/exemple.be/accounts/exemple0001", page.Document.QuerySelector("#address-error a")!.GetAttribute("href"));
    }

    // C132
    [Fact]
    public async Task After_an_alias_is_deleted_the_list_goes_on_where_it_was()
    {
        var browser = await StartAsync();
        foreach (var part in (string[])["c1", "c2", "c3", "c4", "c5"]) await CreateAsync(browser, part, "");
        var list = await browser.GetAsync(ListPath + "?size=2&first=2");
        var deletion = list.Document.QuerySelector("td .bad")!.GetAttribute("href")!;

        var after = await browser.SubmitAsync(await browser.GetAsync(deletion), "main form");

        Assert.Equal(ListPath + "?size=2&first=2", after.Path);
    }

    [Fact]
    public async Task Many_destinations_come_ten_a_page()
    {
        var browser = await StartAsync();
        var page = await CreateAsync(browser, "liste", string.Join(' ', Enumerable.Range(1, 25).Select(n => $"m{n}@example.org")));

        var last = await browser.GetAsync(page.Path + "?first=20");

        Assert.Equal(10, Destinations(page).Count);
        Assert.Equal(["m21@example.org", "m22@example.org", "m23@example.org", "m24@example.org", "m25@example.org"], Destinations(last));
        Said.In(AliasTexts.AndMore, (await browser.GetAsync(ListPath)).Text, 20);
    }

    [Fact]
    public async Task A_destination_that_receives_nothing_says_why()
    {
        var browser = await StartAsync();
        await CreateAsync(browser, "vide", "");

        var page = await CreateAsync(browser, "any", "vide@exemple.be support@example.org");

        Said.In(AliasTexts.StateLeadsNowhere, page.Document.QuerySelector(".rows li")!.TextContent);
        Assert.Contains(
            "vide@exemple.be", (await browser.GetAsync(ListPath)).Document.QuerySelector("tbody .two")!.TextContent,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deleting_says_which_other_aliases_lead_here()
    {
        var browser = await StartAsync();
        var page = await CreateAsync(browser, "any", "exemple0001");
        await CreateAsync(browser, "far", "any@exemple.be");

        Assert.Contains("far@exemple.be", (await browser.GetAsync(page.Path + "/delete")).Text, StringComparison.Ordinal);
    }

    [Fact] // C125
    public async Task The_list_is_walked_from_end_to_end_without_a_gap_and_searched()
    {
        var browser = await StartAsync();
        foreach (var n in Enumerable.Range(10, 21)) await CreateAsync(browser, $"a{n}", "support@example.org");
        var (page, seen) = (await browser.GetAsync(ListPath), new List<string>());
        Assert.Null(page.Document.QuerySelector("[rel=prev]"));
        for (; ; page = await browser.GetAsync(ListPath + page.Document.QuerySelector("[rel=next]")!.GetAttribute("href")))
        {
            seen.AddRange(page.Document.QuerySelectorAll("tbody strong").Select(s => s.TextContent));
            if (page.Document.QuerySelector("[rel=next]") is null) break;
        }

        Assert.Equal(Enumerable.Range(10, 21).Select(n => $"a{n}"), seen);
        var found = await browser.GetAsync(ListPath + "?q=a3&sort=destinations");
        Assert.Equal(["a30"], found.Document.QuerySelectorAll("tbody strong").Select(s => s.TextContent));
    }

    [Fact]
    public async Task Deleting_asks_first_and_twice_is_the_same_as_once()
    {
        var browser = await StartAsync();
        var page = await CreateAsync(browser, "gugus", "exemple0001");
        var asking = await browser.GetAsync(page.Path + "/delete");
        Assert.Contains("exemple0001", asking.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(page.Path)).Status);

        var after = await browser.SubmitAsync(asking, "main form");

        Assert.Equal(ListPath, after.Path);
        Said.In(AliasTexts.Deleted, after.Notice, "gugus@exemple.be");
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(page.Path)).Status);
        Assert.Equal(ListPath, (await browser.SubmitAsync(asking, "main form")).Path);
    }
}
