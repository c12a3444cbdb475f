using MailAdmin.Provisioning.Postfix;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Provisioning;

/// <summary>While the maps are behind, the page does not say that a saved change is done.</summary>
[Speaks("en")]
public sealed class LateMapsTests : IDisposable
{
    private readonly PanelApplication _panel = new();

    public void Dispose() => _panel.Dispose();

    [Fact]
    public async Task Aliases_redirects_addresses_and_the_catch_all_are_told_as_saved_while_the_maps_are_behind()
    {
        var browser = await _panel.SignedInAsync("en-GB");
        var domain = await _panel.AddDomainAsync();
        var account = await _panel.AddAccountAsync(domain, "gugus");
        var path = "/domains/exemple.be/accounts/" + account.Username;
        Assert.NotNull(
            (await browser.SubmitAsync(
                "/domains/exemple.be/aliases/new", ("Address", "avant"), ("Destinations", "a@example.org"))).Document.QuerySelector(
                    "main > .note.ok"));

        _panel.Get<MailDelivery>().Maps = new LateMaps("mx.example.org", TimeProvider.System.GetUtcNow(), "No space left on device");

        Saved(await browser.SubmitAsync("/domains/exemple.be/aliases/new", ("Address", "any"), ("Destinations", "a@example.org")));
        Saved(await browser.SubmitAsync(path + "/redirect", ("Destinations", "a@example.org")));
        Saved(await browser.SubmitAsync(path + "/addresses", ("Address", "autre")));
    }

    private static void Saved(WebPage page) =>
        Assert.Contains(
            page.Document.QuerySelectorAll("main > .note.wait"), n => Said.Is(SharedTexts.SavedPending, n.TextContent));
}
