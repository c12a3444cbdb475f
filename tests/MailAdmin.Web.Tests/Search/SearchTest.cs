using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Domains;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Search;

/// <summary>A panel with two domains, and the search box of its pages.</summary>
public abstract class SearchTest : IAsyncDisposable
{
    private protected readonly PanelApplication _panel = new();
    private protected MailDomain _domain = null!;
    private protected MailDomain _other = null!;

    public ValueTask DisposeAsync()
    {
        _panel.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private protected async Task<Browser> StartAsync()
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
    private protected static async Task<WebPage> SearchAsync(Browser browser, string typed)
    {
        var form = (await browser.GetAsync("/domains")).Document.QuerySelector("form[role=search].everywhere")!;
        return await browser.GetAsync(
            $"{form.GetAttribute("action")}?{form.QuerySelector("input")!.GetAttribute("name")}={Uri.EscapeDataString(typed)}");
    }

    private protected static List<string> Hits(WebPage page) =>
        [.. page.Document.QuerySelectorAll(".found .grow > a").Select(a => a.TextContent)];
}
