using MailAdmin.Web.Features.Accounts;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Tests.Shared;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Web.Tests.Accounts;

/// <summary>The list of accounts is walked, sorted and searched.</summary>
public sealed class AccountListTests : AccountListTest
{
    [Theory] // C125
    [InlineData(0, 1)]
    [InlineData(10, 1)]
    [InlineData(11, 2)]
    [InlineData(32, 4)]
    public async Task Walking_to_the_end_and_back_shows_each_account_once(int count, int pages)
    {
        var browser = await _panel.SignedInAsync();
        var domain = await _panel.AddDomainAsync(maxAccounts: null);
        for (var i = 1; i <= count; i++) await _panel.AddAccountAsync(domain, $"a{i}");

        var forth = await WalkAsync(browser, await browser.GetAsync("/domains/exemple.be/accounts"), "next");
        var back = await WalkAsync(browser, forth[^1], "prev");

        Assert.Equal(pages, forth.Count);
        Assert.Equal(pages, back.Count);
        string[] expected = [.. Enumerable.Range(1, count).Select(n => $"exemple{n:D4}")];
        Assert.Equal(expected, forth.SelectMany(Usernames));
        Assert.Equal(expected, back.AsEnumerable().Reverse().SelectMany(Usernames));
        Assert.Null(forth[0].Document.QuerySelector("a[rel=prev]"));
        Assert.Null(forth[^1].Document.QuerySelector("a[rel=next]"));
        Assert.Equal(count == 0, Said.Is(AccountTexts.None, forth[0].Text));
        Assert.All(
            forth.SkipLast(1), p => Assert.Equal(SharedTexts.FormatNextEntries(10), p.Document.QuerySelector("a[rel=next]")!.TextContent));
    }

    [Theory]
    [InlineData("?first=abc&size=-3", 1)]
    [InlineData("?first=-10", 10)]
    [InlineData("?first=99999999999999", 10)]
    [InlineData("?first=999", 2)]
    [InlineData("?size=5", 5)]
    [InlineData("?size=100000", 12)]
    public async Task Strange_positions_still_show_a_page(string query, int rows)
    {
        var browser = await _panel.SignedInAsync();
        var domain = await _panel.AddDomainAsync(maxAccounts: null);
        for (var i = 1; i <= 12; i++) await _panel.AddAccountAsync(domain, $"a{i}");

        Assert.Equal(rows, Usernames(await browser.GetAsync("/domains/exemple.be/accounts" + query)).Count());
    }

    [Theory] // C133
    [InlineData("sort=address", "exemple0002 exemple0003 exemple0001")]
    [InlineData("sort=ADDRESS&dir=desc", "exemple0001 exemple0003 exemple0002")]
    [InlineData("sort=username&dir=odd", "exemple0001 exemple0002 exemple0003")]
    [InlineData("sort=x%3By", "exemple0001 exemple0002 exemple0003")]
    [InlineData("sort=Id", "exemple0001 exemple0002 exemple0003")]
    [InlineData("sort=3", "exemple0001 exemple0002 exemple0003")]
    public async Task A_column_sorts_all_accounts_and_an_unknown_one_is_ignored(string query, string order)
    {
        var browser = await _panel.SignedInAsync();
        var domain = await _panel.AddDomainAsync();
        foreach (var name in (string[])["marie", "ana", "kim"]) await _panel.AddAccountAsync(domain, name);

        List<string> seen = [];
        for (var first = 0; first < 3; first++) seen.AddRange(
            Usernames(await browser.GetAsync($"/domains/exemple.be/accounts?{query}&size=1&first={first}")));

        Assert.Equal(order, string.Join(' ', seen));
    }

    [Fact] // C127, C129, C177
    public async Task Among_nine_thousand_accounts_and_thirteen_thousand_aliases_a_search_finds_the_one_and_its_text_stays_in_the_links()
    {
        var browser = await _panel.SignedInAsync();
        var domain = await _panel.AddDomainAsync(maxAccounts: null);
        await FillAsync(domain, 9_000, 13_000);
        await browser.GetAsync("/domains/exemple.be/accounts");

        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        var all = await browser.GetAsync("/domains/exemple.be/accounts");
        var found = await browser.GetAsync("/domains/exemple.be/accounts?q=r%26d8999");
        var many = await browser.GetAsync("/domains/exemple.be/accounts?q=r%26d&sort=address&dir=desc");
        var aliases = await browser.GetAsync("/domains/exemple.be/aliases?first=12990");
        var alias = await browser.GetAsync("/domains/exemple.be/aliases?q=liste12999");
        var everywhere = await browser.GetAsync("/search?q=liste12999");
        var took = System.Diagnostics.Stopwatch.GetElapsedTime(started);

        Assert.Equal(10, Usernames(all).Count());
        Assert.Equal(["exemple8999"], Usernames(found));
        Assert.Equal("r&d8999", found.Document.QuerySelector("#q")!.GetAttribute("value"));
        Assert.StartsWith(
            "?q=r%26d&sort=address&dir=desc&first=10", many.Document.QuerySelector("a[rel=next]")!.GetAttribute("href"),
            StringComparison.Ordinal);
        Assert.Equal(10, aliases.Document.QuerySelectorAll("tbody tr").Length);
        Assert.All([alias, everywhere], p => Assert.Contains("liste12999@exemple.be", p.Text, StringComparison.Ordinal));
        Assert.True(took < TimeSpan.FromSeconds(6), $"{took}");
    }
}
