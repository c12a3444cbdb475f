using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Roles;

/// <summary>The answer that a visitor got, without what differs each time and without what the visitor asked for.</summary>
internal sealed record Answer(HttpStatusCode Status, bool LeadsToSignIn, string? Location, string Html)
{
    /// <summary>The visitor was let in: a page, a file, or the redirect after a form.</summary>
    public bool IsReached => (int)Status is 200 or 204 or 302 or 304 && !LeadsToSignIn;

    /// <summary>The visitor was sent to sign in, was forbidden, or was told that there is no such thing.</summary>
    public bool IsRefused =>
        LeadsToSignIn || Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.Unauthorized;
}

/// <summary>A visitor with fixed cookies and a form token, who follows no redirect.</summary>
internal sealed partial class Visitor(HttpClient client, string token)
{
    /// <summary>A program: like a visitor who is not signed in, but with a bearer token.</summary>
    public static async Task<Visitor> WithBearerAsync(PanelApplication panel, string bearer)
    {
        var visitor = await OfNobodyAsync(panel);
        visitor.Authorize(bearer);
        return visitor;
    }

    public static async Task<Visitor> SignInAsync(PanelApplication panel, string name)
    {
        var browser = await panel.SignInAsync(name);
        return Of(panel, await browser.GetAsync("/settings"), ".top form[action='/sign-out']");
    }

    public static async Task<Visitor> OfNobodyAsync(PanelApplication panel)
    {
        var browser = panel.NewBrowser();
        await browser.GetAsync("/sign-in");
        return Of(panel, await browser.GetAsync("/sign-in"), "main form");
    }

    /// <param name="forget">The parts that differ between two addresses that have to be answered alike.</param>
    public async Task<Answer> AskAsync(PanelRoute route, string path, params string[] forget)
    {
        using var request = new HttpRequestMessage(new HttpMethod(route.Method == "ANY" ? "GET" : route.Method), path);
        if (!route.IsRead) request.Content = BodyFor(route);
        if (route.IsForApi) request.Headers.Add("RequestVerificationToken", token);
        using var response = await client.SendAsync(request);
        var html = Tokens().Replace(await response.Content.ReadAsStringAsync(), "");
        var location = response.Headers.Location?.OriginalString;
        var toSignIn = location?.Contains("/sign-in?", StringComparison.Ordinal) == true;
        return new(response.StatusCode, toSignIn, Without(location, forget), Without(html, forget)!);
    }

    private HttpContent BodyFor(PanelRoute route) => route.IsForApi
        ? JsonContent.Create(new { quotaKiB = 20_000 })
        : new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = token });

    private void Authorize(string bearer) => client.DefaultRequestHeaders.Authorization = new("Bearer", bearer);

    private static Visitor Of(PanelApplication panel, WebPage page, string form)
    {
        var client = panel.CreateClient(new() { HandleCookies = false, AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Add("Cookie", page.Response.RequestMessage!.Headers.GetValues("Cookie").Single());
        return new(client, Browser.ValuesOf(page.Document.QuerySelector<IHtmlFormElement>(form)!)["__RequestVerificationToken"]);
    }

    private static string? Without(string? text, string[] forget) =>
        forget.Aggregate(text, (t, f) => t?.Replace(f, "…", StringComparison.Ordinal));

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Tokens();
}
