using Deque.AxeCore.Commons;
using MailAdmin.EndToEnd.Tests.Shared;
using Microsoft.Playwright;

namespace MailAdmin.EndToEnd.Tests.Pages;

/// <summary>One visitor who looks at page after page and notes what is wrong with them.</summary>
internal sealed class PageVisit(IPage page, Uri panel, string visitor)
{
    // Deque.AxeCore.Playwright opens a page of its own for each run and brings back what passed too: several times the work.
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private readonly List<string> _faults = [];

    /// <summary>All that was found, in one message.</summary>
    public string Faults => string.Join('\n', _faults);

    public IPage Page => page;

    /// <summary>How many pages there were; files and pages of others do not count.</summary>
    public int Visited { get; private set; }

    public static async Task<PageVisit> SignInAsync(PanelBrowser browser, Uri panel, string name, string password, string language)
    {
        await browser.OpenAsync(new Uri(panel, "/sign-in"));
        await browser.Page.FillAsync("#name", name);
        await browser.Page.FillAsync("#password", password);
        await browser.Page.ClickAsync("main button");
        await browser.Page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        return new(browser.Page, panel, $"{name}, {language}");
    }

    /// <summary>False for what is no page: a picture, a list to download.</summary>
    public async Task<bool> OpenAsync(string path)
    {
        var address = new Uri(panel, path).ToString();
        var answer = await page.APIRequest.GetAsync(address);
        if (!answer.Headers.GetValueOrDefault("content-type", "").StartsWith("text/html", StringComparison.Ordinal)) return false;
        if (answer.Status != 200 && path != "/nothing") Note(path, $"answers {answer.Status}");
        await page.GotoAsync(address);
        Visited++;
        return true;
    }

    /// <param name="path">The page.</param>
    /// <param name="contrast">Colours are the same in every language, and most of axe's work.</param>
    public async Task AxeFindsNothingAsync(string path, bool contrast = true)
    {
        await page.EvaluateAsync(Axe);
        var found = await page.EvaluateAsync<string[]>(
            """
            async contrast => (await axe.run(document, { resultTypes: ["violations"], rules: { "color-contrast": { enabled: contrast } } })).violations
              .map(v => `${v.id}: ${v.help}\n    ${v.nodes.slice(0, 3).map(n => n.html).join("\n    ")}`)
            """,
            contrast);
        foreach (var violation in found) Note(path, violation);
    }

    /// <summary>The document does not scroll sideways; what scrolls inside itself may.</summary>
    public async Task FitsAsync(string path, int width)
    {
        await page.SetViewportSizeAsync(width, 700);
        var wide = await page.EvaluateAsync<string[]>(
            """
            () => document.documentElement.scrollWidth <= innerWidth ? [] : [`${document.documentElement.scrollWidth} pixels`, ...[...document.querySelectorAll("main *")]
                .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.querySelector("*")).slice(0, 3).map(e => e.outerHTML.slice(0, 150))]
            """);
        if (wide.Length > 0) Note(path, $"is wider than {width}: {string.Join("\n    ", wide)}");
    }

    public void Note(string path, string fault) => _faults.Add($"{visitor}: {path} {fault}");
}
