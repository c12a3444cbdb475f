using MailAdmin.Web.Features.Domains;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Domains;

public sealed class DomainListTests : IDisposable
{
    private readonly PanelApplication _panel = new();

    public void Dispose() => _panel.Dispose();

    // C125, C133
    [Fact]
    public async Task The_order_chosen_holds_on_all_pages_and_each_domain_is_seen_once()
    {
        var browser = await _panel.SignedInAsync();
        await FillAsync(23);

        var head = HeadOf(await browser.GetAsync("/domains"), DomainTexts.Prefix);
        var first = await browser.GetAsync("/domains" + head.GetAttribute("href"));
        var turned = await browser.GetAsync("/domains" + HeadOf(first, DomainTexts.Prefix).GetAttribute("href"));

        Assert.Equal("ascending", HeadOf(first, DomainTexts.Prefix).ParentElement!.GetAttribute("aria-sort"));
        Assert.Equal("descending", HeadOf(turned, DomainTexts.Prefix).ParentElement!.GetAttribute("aria-sort"));
        Assert.Single(turned.Document.QuerySelectorAll("[aria-sort]"));
        Assert.Equal(Enumerable.Range(1, 23).Select(n => $"p{n:D2}"), await PrefixesAsync(browser, first));
        Assert.Equal(Enumerable.Range(1, 23).Select(n => $"p{n:D2}").Reverse(), await PrefixesAsync(browser, turned));
    }

    // C133
    [Theory]
    [InlineData("?sort=x;y")]
    [InlineData("?sort=1")]
    [InlineData("?sort=Name,Prefix")]
    [InlineData("?sort=name&dir=sideways")]
    [InlineData("?sort='--&dir=")]
    public async Task A_sort_key_that_is_none_shows_the_usual_order(string query)
    {
        var browser = await _panel.SignedInAsync();
        await FillAsync(3);

        var page = await browser.GetAsync("/domains" + query);

        Assert.Equal(
            ["d97.example", "d98.example", "d99.example"], page.Document.QuerySelectorAll("tbody strong").Select(s => s.TextContent));
        Assert.Equal("ascending", HeadOf(page, DomainTexts.Name).ParentElement!.GetAttribute("aria-sort"));
    }

    // C129
    [Fact]
    public async Task A_search_keeps_its_words_its_order_and_its_size_from_page_to_page()
    {
        var browser = await _panel.SignedInAsync();
        await FillAsync(12);
        await _panel.AddDomainAsync("voisin.test", "voisin");

        var found = await browser.GetAsync("/domains?q=D9&sort=prefix&dir=desc&size=5");
        var searched = await browser.GetAsync("/domains?sort=prefix&size=5&q=voisin");

        Assert.Equal($"{SharedTexts.FormatFound(10)} · {SharedTexts.FormatFromTo(1, 5)}", found.Document.QuerySelector(".pager span")!.TextContent.Trim());
        Assert.Equal(Enumerable.Range(1, 10).Select(n => $"p{n:D2}").Reverse(), await PrefixesAsync(browser, found));
        Assert.Equal("D9", found.Document.QuerySelector("main input[name=q]")!.GetAttribute("value"));
        Assert.Equal(
            ["prefix", "desc", "5"], found.Document.QuerySelectorAll("form.search input[type=hidden]")
                .Select(i => i.GetAttribute("value")));
        Assert.Equal(["voisin.test"], searched.Document.QuerySelectorAll("tbody strong").Select(s => s.TextContent));
    }

    [Theory]
    [InlineData("%")]
    [InlineData("<script>")]
    public async Task A_search_without_a_match_says_so_and_leads_back(string text)
    {
        var browser = await _panel.SignedInAsync();
        await FillAsync(2);

        var page = await browser.GetAsync("/domains?q=" + Uri.EscapeDataString(text));

        Said.In(SharedTexts.NothingMatches, page.Text, text);
        Assert.Equal("/domains", page.Document.QuerySelector("form.search a")!.GetAttribute("href"));
    }

    private async Task FillAsync(int count)
    {
        for (var n = 1; n <= count; n++) await _panel.AddDomainAsync($"d{100 - n}.example", $"p{n:D2}");
    }

    private static AngleSharp.Dom.IElement HeadOf(WebPage page, string column) =>
        page.Document.QuerySelectorAll("th a").Single(a => a.TextContent == column);

    private static async Task<List<string>> PrefixesAsync(Browser browser, WebPage page)
    {
        List<string> all = [.. page.Document.QuerySelectorAll("tbody code").Select(c => c.TextContent)];
        while (page.Document.QuerySelector("a[rel=next]")?.GetAttribute("href") is { } link)
        {
            page = await browser.GetAsync("/domains" + link);
            all.AddRange(page.Document.QuerySelectorAll("tbody code").Select(c => c.TextContent));
        }
        return all;
    }
}
