using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Tests.Shared;

/// <summary>The navigation marks the current page.</summary>
public sealed class NavigationTests : IDisposable
{
    private readonly PanelApplication _panel = new();

    public void Dispose() => _panel.Dispose();

    [Theory]
    [InlineData("/domains", "/domains")]
    [InlineData("/domains/exemple.be/accounts", "/domains/exemple.be/accounts")]
    [InlineData("/domains/exemple.be/accounts/exemple0001/password", "/domains/exemple.be/accounts")]
    [InlineData("/domains/exemple.be/accounts/exemple0001/redirect", "/domains/exemple.be/accounts")]
    [InlineData("/domains/exemple.be/accounts/exemple0001/vacation", "/domains/exemple.be/accounts")]
    [InlineData("/domains/exemple.be/accounts/exemple0001/sending", "/domains/exemple.be/accounts")]
    [InlineData("/domains/exemple.be/aliases/new", "/domains/exemple.be/aliases")]
    [InlineData("/domains/exemple.be/catch-all", "/domains/exemple.be/catch-all")]
    [InlineData("/domains/exemple.be/routing", "/domains/exemple.be/routing")]
    [InlineData("/domains/exemple.be/settings", "/domains/exemple.be/settings")]
    [InlineData("/domains/exemple.be/delete", "/domains/exemple.be/settings")]
    [InlineData("/domains/exemple.be/sending", "/domains/exemple.be/settings")]
    [InlineData("/settings", "/settings")]
    [InlineData("/settings/sessions", "/settings")]
    [InlineData("/links", "/links")]
    [InlineData("/hoster", "/hoster")]
    [InlineData("/sending", "/security")]
    public async Task One_entry_is_marked(string page, string entry)
    {
        var browser = await _panel.SignedInAsync();
        await _panel.AddAccountAsync(await _panel.AddDomainAsync(), "gugus.dupont");

        var marked = (await browser.GetAsync(page)).Document.QuerySelectorAll("nav.side a[aria-current=page], a.who[aria-current=page]");

        Assert.Equal([entry], marked.Select(a => a.GetAttribute("href")));
    }

    [Fact]
    public void A_view_without_a_folder_has_none() => Assert.Equal("", NavigationEntry.Of("Show.cshtml"));
}
