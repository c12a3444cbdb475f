using AngleSharp.Dom;
using MailAdmin.Web.Tests.Shared;
using Microsoft.Extensions.Time.Testing;

namespace MailAdmin.Web.Tests.SecondFactors;

/// <summary>Signs in and sets up an app as a user does with a telephone.</summary>
public abstract class SecondFactorTest : IAsyncDisposable
{
    private protected const string Page = "/settings/second-factor";
    private protected const string StepForm = "main form[action='/sign-in/second-step']";

    private protected readonly FakeTimeProvider _clock = new(DateTimeOffset.Parse("2026-11-25T09:41:00Z"));
    private protected readonly PanelApplication _panel;

    protected SecondFactorTest() => _panel = new(_clock);

    public ValueTask DisposeAsync()
    {
        _panel.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private protected async Task<Browser> StepAsync(string name)
    {
        var browser = _panel.NewBrowser();
        var page = await browser.SubmitAsync("/sign-in", ("Name", name), ("Password", PanelApplication.Password));
        Assert.StartsWith("/sign-in/second-step", page.Path, StringComparison.Ordinal);
        return browser;
    }

    private protected static async Task<Browser> OpenedAsync(Browser browser)
    {
        await browser.SubmitAsync(await browser.GetAsync(Page), $"main form[action='{Page}/open']", ("Present", PanelApplication.Password));
        return browser;
    }

    private protected async Task<string> SetUpAsync(Browser browser)
    {
        var page = await (await OpenedAsync(browser)).GetAsync($"{Page}/app");
        var secret = Key(page);
        page = await browser.SubmitAsync(page, "main form", ("Code", CodeOf(secret)));
        Assert.Equal(8, page.Document.QuerySelectorAll(".codes code").Length);
        return secret;
    }

    private protected static string Key(WebPage page) =>
        page.Document.QuerySelector("code.secret")!.TextContent.Replace(" ", "", StringComparison.Ordinal);

    private protected string CodeOf(WebPage page) => CodeOf(Key(page));

    private protected string CodeOf(string key) => AuthenticatorApp.CodeOf(key, _clock.GetUtcNow());
}
