using MailAdmin.Core.Admins;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Admins;

/// <summary>The list of admins and its search.</summary>
public sealed class AdminListTests : AdminsTest
{
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

    private static List<string> NamesIn(WebPage page) => [.. page.Document.QuerySelectorAll("tbody strong").Select(e => e.TextContent)];
}
