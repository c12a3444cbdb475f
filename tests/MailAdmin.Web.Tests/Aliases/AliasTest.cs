using MailAdmin.Core.Domains;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Aliases;

/// <summary>A browser on the aliases of the manual's domain.</summary>
public abstract class AliasTest : IAsyncDisposable
{
    private protected const string ListPath = "/domains/exemple.be/aliases";
    private protected readonly PanelApplication _panel = new();
    private protected MailDomain _domain = null!;

    public ValueTask DisposeAsync()
    {
        _panel.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private protected async Task<Browser> StartAsync()
    {
        var browser = await _panel.SignedInAsync();
        _domain = await _panel.AddDomainAsync();
        await _panel.AddAccountAsync(_domain, "gugus.dupont");
        await _panel.AddAccountAsync(_domain, "compta");
        await _panel.AddAccountAsync(await _panel.AddDomainAsync("voisin.example", "voisin"), "pascal");
        return browser;
    }

    private protected static Task<WebPage> CreateAsync(Browser browser, string address, string destinations) =>
        browser.SubmitAsync(ListPath + "/new", ("Address", address), ("Destinations", destinations));

    private protected static async Task<WebPage> ChooseAsync(Browser browser, WebPage page, IEnumerable<string> chosen)
    {
        return await SendAsync(browser, page.Document.QuerySelector("#remove")!, chosen);
    }

    private protected static async Task<WebPage> SendAsync(Browser browser, AngleSharp.Dom.IElement form, IEnumerable<string> chosen)
    {
        var fields = form.QuerySelectorAll("input").Select(i => KeyValuePair.Create(i.GetAttribute("name")!, i.GetAttribute("value") ?? ""))
            .Concat(chosen.Select(id => KeyValuePair.Create("destination", id)));
        using var content = new FormUrlEncodedContent(fields);
        var response = await browser.Client.PostAsync(form.GetAttribute("action"), content);
        return await Browser.ReadAsync(response);
    }

    private protected static Task<WebPage> AddAsync(Browser browser, WebPage page, string destinations) =>
        browser.SubmitAsync(page, "form.sheet", ("Destinations", destinations));

    private protected static List<string> Destinations(WebPage page) =>
        [.. page.Document.QuerySelectorAll(".rows li .break").Select(d => d.TextContent)];
}
