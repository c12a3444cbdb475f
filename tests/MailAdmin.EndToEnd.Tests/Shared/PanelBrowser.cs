using Microsoft.Playwright;

namespace MailAdmin.EndToEnd.Tests.Shared;

/// <summary>
/// A browser that is driven like a user does, by labels and by the texts of buttons. If <c>MAILADMIN_PICTURES</c> is set to a folder, a
/// picture of each step is stored there.
/// </summary>
internal sealed class PanelBrowser : IAsyncDisposable
{
    private PanelBrowser(IPage page) => Page = page;

    public IPage Page { get; }

    /// <summary>The errors that the browser reported: a refused script or style, an error in a module.</summary>
    public List<string> Complaints { get; } = [];

    public static async Task<PanelBrowser> OpenAsync(string locale = "fr-BE")
    {
        var context = await Chromium.NewContextAsync(new() { Locale = locale, ViewportSize = new() { Width = 1280, Height = 800 } });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(15_000);
        var panel = new PanelBrowser(page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") panel.Complaints.Add(message.Text);
        };
        return panel;
    }

    public Task OpenAsync(Uri address) => Page.GotoAsync(address.ToString());

    public Task FillAsync(string label, string text) => Page.GetByLabel(label, new() { Exact = true }).FillAsync(text);

    public Task PressAsync(string button) => Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    public Task ChooseAsync(string label, string option) =>
        Page.GetByLabel(label, new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = option });

    /// <summary>Ticks a box or one of several choices, found by the beginning of its label.</summary>
    public Task TickAsync(string label) => Page.Locator("label.check", new() { HasText = label }).Locator("input").CheckAsync();

    public Task UntickAsync(string label) => Page.Locator("label.check", new() { HasText = label }).Locator("input").UncheckAsync();

    /// <summary>Opens a row's menu.</summary>
    public Task UnfoldAsync(string menu) => Page.Locator("summary").And(Page.GetByLabel(menu, new() { Exact = true })).ClickAsync();

    public async Task FollowAsync(string link)
    {
        var target = Page.GetByRole(AriaRole.Link, new() { Name = link }).First;
        // The text of the page is more useful than the message that a link is missing.
        if (await target.CountAsync() == 0) Assert.Fail($"No link '{link}' on {Page.Url}:\n{await Page.InnerTextAsync("body")}");
        await target.ClickAsync();
    }

    /// <summary>Waits until the page's content has the text, because a click returns before the next page is there.</summary>
    public Task SeesAsync(string text) => Assertions.Expect(Page.Locator("main")).ToContainTextAsync(text);

    /// <summary>The text of the page's content as a user sees it.</summary>
    public Task<string> ReadAsync() => Page.Locator("main").InnerTextAsync();

    public async Task PictureAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("MAILADMIN_PICTURES") is { Length: > 0 } folder)
            await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
    }

    public ValueTask DisposeAsync() => Page.Context.DisposeAsync();
}
