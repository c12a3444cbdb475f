using System.Diagnostics;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using MailAdmin.Sandbox;

namespace MailAdmin.EndToEnd.Tests.Shared;

/// <summary>Uses the panel over HTTP through its real forms. It is faster than a browser, for tests that are about the servers.</summary>
internal sealed class PanelClient : IDisposable
{
    private readonly HttpClient _http;

    private PanelClient(string url) =>
        _http = new HttpClient
        {
            BaseAddress = new Uri(url),
            Timeout = TimeSpan.FromSeconds(100),
            DefaultRequestHeaders = { { "Accept-Language", "en" } }
        };

    /// <summary>Signs in as the example's superuser.</summary>
    public static Task<PanelClient> SignInAsync(MailSandbox sandbox) =>
        SignInAsync(sandbox, sandbox.Description.Panel.User!, sandbox.Description.Panel.Password!);

    public static async Task<PanelClient> SignInAsync(MailSandbox sandbox, string name, string password)
    {
        var client = new PanelClient(sandbox.PanelUrl);
        await client.SubmitAsync("/sign-in", ("Name", name), ("Password", password));
        return client;
    }

    /// <summary>
    /// Creates the first superuser of an empty sandbox, and is then signed in as that superuser. The superuser has chosen no language, so
    /// each browser decides.
    /// </summary>
    public static async Task<PanelClient> SetUpAsync(MailSandbox sandbox, string name, string password)
    {
        var client = new PanelClient(sandbox.PanelUrl);
        await client.SubmitAsync(
            new Uri(sandbox.SetupUrl!).PathAndQuery, ("Name", name), ("Password", password), ("Confirmation", password), ("Language", ""));
        return client;
    }

    public async Task<PanelPage> GetAsync(string path)
    {
        var started = Stopwatch.GetTimestamp();
        using var response = await _http.GetAsync(new Uri(path, UriKind.Relative));
        return await ReadAsync(response, Stopwatch.GetElapsedTime(started));
    }

    /// <summary>Opens the page, fills in its form and sends it.</summary>
    public Task<PanelPage> SubmitAsync(string path, params (string Name, string? Value)[] fields) =>
        SubmitAsync(path, "main form:not([role=search])", fields);

    /// <summary>The same for a page with more than one form. A switch that is not among the fields stays as it is.</summary>
    public async Task<PanelPage> SubmitAsync(string path, string selector, params (string Name, string? Value)[] fields) =>
        await SubmitAsync(await GetAsync(path), selector, fields);

    /// <summary>The same with a page that is already open, and that may not be requested again.</summary>
    public async Task<PanelPage> SubmitAsync(PanelPage page, string selector, params (string Name, string? Value)[] fields)
    {
        var form = page.Document.QuerySelector(selector) as IHtmlFormElement
            ?? throw new InvalidOperationException($"No {selector} on {page.Path}: {page.Text}");
        var sent = form.Elements.Where(
            e => e.GetAttribute("name") is { Length: > 0 } && e is not IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false });
        var values = sent.ToDictionary(e => e.GetAttribute("name")!, e => e switch
        {
            IHtmlInputElement input => input.Value,
            IHtmlTextAreaElement area => area.Value,
            IHtmlSelectElement select => select.Value ?? "",
            _ => "",
        });
        foreach (var (name, value) in fields)
        {
            // Null unticks a box.
            if (value is null) values.Remove(name);
            else values[name] = value;
        }
        var target = form.GetAttribute("action") is { Length: > 0 } action ? action : page.Path;
        using var content = new FormUrlEncodedContent(values);
        var started = Stopwatch.GetTimestamp();
        using var response = await _http.PostAsync(new Uri(target, UriKind.Relative), content);
        return await ReadAsync(response, Stopwatch.GetElapsedTime(started));
    }

    public Task<PanelPage> CreateAccountAsync(string domain, string localPart, string password) => SubmitAsync(
        $"/domains/{domain}/accounts/new", ("Address", localPart), ("Password", password), ("Confirmation", password));

    public void Dispose() => _http.Dispose();

    private static async Task<PanelPage> ReadAsync(HttpResponseMessage response, TimeSpan took)
    {
        var html = await response.Content.ReadAsStringAsync();
        return new(
            (int)response.StatusCode, response.RequestMessage!.RequestUri!.AbsolutePath, await new HtmlParser()
                .ParseDocumentAsync(html), took);
    }
}

/// <param name="Took">The time from the last octet of the request to the last octet of the answer.</param>
internal sealed record PanelPage(int Status, string Path, IHtmlDocument Document, TimeSpan Took)
{
    public string Text => Document.Body!.TextContent;

    public string Username => Path.Split('/')[^1];
}
