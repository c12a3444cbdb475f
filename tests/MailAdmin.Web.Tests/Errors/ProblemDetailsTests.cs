using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using MailAdmin.Core.Admins;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Errors;

/// <summary>A client that asks for JSON gets errors as RFC 9457 defines them. A client that asks for a page gets a page.</summary>
public sealed class ProblemDetailsTests : IDisposable
{
    private readonly PanelApplication _panel = new();

    public void Dispose() => _panel.Dispose();

    [Fact]
    public async Task What_a_form_refuses_is_told_by_field_with_its_code()
    {
        var browser = await _panel.SignedInAsync("en");
        await _panel.AddDomainAsync();
        var form = (await browser.GetAsync("/domains/new")).Document.QuerySelector<IHtmlFormElement>("main form")!;
        var values = Browser.ValuesOf(form);
        (values["Name"], values["Prefix"]) = ("exemple.be", "exemple2");

        var (status, details) = await SendAsync(browser, HttpMethod.Post, "/domains/new", new FormUrlEncodedContent(values));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, 422), (status, (int)details["status"]!));
        var error = details["errors"]!["Name"]![0]!;
        Assert.Equal("DomainExists", (string)error["code"]!);
        Assert.NotEmpty((string)error["text"]!);
    }

    [Fact]
    public async Task What_is_not_there_or_not_allowed_is_told_too()
    {
        await _panel.SignedInAsync();
        var domain = await _panel.AddDomainAsync();
        await _panel.AddAdminAsync("sam", AdminRole.Support, domain);
        var browser = await _panel.SignInAsync("sam", "en");

        var missing = await SendAsync(browser, HttpMethod.Get, "/domains/nowhere.example/accounts");
        var refused = await SendAsync(browser, HttpMethod.Get, "/admins");

        Assert.Equal((HttpStatusCode.NotFound, 404), (missing.Status, (int)missing.Details["status"]!));
        Assert.Equal((HttpStatusCode.Forbidden, 403), (refused.Status, (int)refused.Details["status"]!));
        Assert.NotEmpty((string)refused.Details["title"]!);
    }

    [Fact]
    public async Task Who_is_not_signed_in_hears_401_instead_of_the_page_of_sign_in()
    {
        await _panel.SignedInAsync();
        var browser = _panel.NewBrowser();

        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(browser, HttpMethod.Get, "/domains")).Status);
        Assert.Equal("/sign-in?back=%2Fdomains", (await browser.GetAsync("/domains")).Path);
    }

    [Theory]
    [InlineData("text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.8")]
    [InlineData("*/*")]
    public async Task A_browser_gets_a_page(string accept)
    {
        var browser = await _panel.SignedInAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/domains/nowhere.example/accounts");
        request.Headers.TryAddWithoutValidation("Accept", accept);

        using var answer = await browser.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.NotFound, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
    }

    private static async Task<(HttpStatusCode Status, JsonNode Details)> SendAsync(
        Browser browser, HttpMethod method, string path, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var answer = await browser.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!);
    }
}
