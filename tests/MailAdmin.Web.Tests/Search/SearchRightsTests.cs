using MailAdmin.Core.Admins;

namespace MailAdmin.Web.Tests.Search;

/// <summary>Who finds what.</summary>
public sealed class SearchRightsTests : SearchTest
{
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

    [Fact]
    public async Task Nobody_searches_without_signing_in() =>
        Assert.StartsWith(
            "/sign-in",
            (await _panel.NewBrowser().GetAsync("/search?q=exemple")).Path.Replace("/setup", "/sign-in", StringComparison.Ordinal));
}
