using System.Net;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Aliases;
using MailAdmin.Web.Features.Search;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Search;

/// <summary>What is typed, and what is found.</summary>
public sealed class SearchTests : SearchTest
{
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
    [InlineData("voisin0001@store.lab.example")]
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
}
