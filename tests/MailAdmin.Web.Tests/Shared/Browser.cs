using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace MailAdmin.Web.Tests.Shared;

/// <summary>Fetches the real pages, fills in their real forms and sends them, like a user without scripts.</summary>
internal sealed class Browser
{
    private static readonly HtmlParser Parser = new();

    public Browser(HttpClient client, string language)
    {
        Client = client;
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
    }

    public HttpClient Client { get; }

    public async Task<WebPage> GetAsync(string path) => await ReadAsync(await Client.GetAsync(path));

    /// <summary>Opens the page and sends its form with these fields.</summary>
    public async Task<WebPage> SubmitAsync(string path, params (string Name, string Value)[] fields) =>
        await SubmitAsync(await GetAsync(path), "main form", fields);

    /// <summary>
    /// Sends a form of this page, which has to have each of the fields. A value ticks a box, and an empty one unticks it.
    /// </summary>
    public async Task<WebPage> SubmitAsync(WebPage page, string selector, params (string Name, string Value)[] fields)
    {
        var form = page.Document.QuerySelector<IHtmlFormElement>(selector)
            ?? throw new InvalidOperationException($"No {selector} on {page.Path}: {page.Text}");
        var values = ValuesOf(form);
        foreach (var (name, value) in fields)
        {
            if (!form.Elements.Any(e => e.GetAttribute("name") == name))
                throw new InvalidOperationException($"The form of {page.Path} has no field {name}.");
            if (value.Length == 0 && form.Elements.Any(e => e.GetAttribute("name") == name && IsChoice(e))) values.Remove(name);
            else values[name] = value;
        }
        return await PostAsync(form.GetAttribute("action") is { Length: > 0 } action ? action : page.Path, values);
    }

    /// <summary>Sends values that no form would send; the antiforgery token comes from a page.</summary>
    public async Task<WebPage> PostAsync(string path, Dictionary<string, string> values)
    {
        using var content = new FormUrlEncodedContent(values);
        return await ReadAsync(await Client.PostAsync(path, content));
    }

    public static Dictionary<string, string> ValuesOf(IHtmlFormElement form) => form.Elements
        .Where(e =>
            e.GetAttribute("name") is { Length: > 0 } && e is not IHtmlButtonElement && (!IsChoice(e) || ((IHtmlInputElement)e).IsChecked))
        .ToDictionary(e => e.GetAttribute("name")!, ValueOf, StringComparer.Ordinal);

    private static bool IsChoice(IElement element) => element is IHtmlInputElement { Type: "checkbox" or "radio" };

    private static string ValueOf(IElement element) => element switch
    {
        IHtmlInputElement input => input.Value,
        IHtmlTextAreaElement area => area.Value,
        IHtmlSelectElement select => select.Value ?? "",
        _ => "",
    };

    public static async Task<WebPage> ReadAsync(HttpResponseMessage response)
    {
        var html = await response.Content.ReadAsStringAsync();
        return new WebPage(
            response.StatusCode, response.RequestMessage!.RequestUri!.PathAndQuery, response, await Parser.ParseDocumentAsync(html), html);
    }
}

/// <summary>A page that the panel answered with.</summary>
internal sealed record WebPage(HttpStatusCode Status, string Path, HttpResponseMessage Response, IHtmlDocument Document, string Html)
{
    public string Text => Document.Body!.TextContent;

    public string Title => Document.QuerySelector("h1")?.TextContent ?? "";

    public string Notice => Document.QuerySelector("main > .note[role=status]")?.TextContent.Trim() ?? "";

    /// <summary>The errors of the form as a whole.</summary>
    public string Problems => Document.QuerySelector(".note[role=alert]")?.TextContent.Trim() ?? "";

    /// <summary>The error beside a field.</summary>
    public string ErrorAt(string field) => Document.GetElementById($"{field.ToLowerInvariant()}-error")?.TextContent.Trim() ?? "";

    public bool HasErrors => Problems.Length > 0 || Document.QuerySelectorAll(".err").Length > 0;
}
