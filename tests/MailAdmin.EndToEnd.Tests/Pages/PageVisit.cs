using Deque.AxeCore.Commons;
using MailAdmin.EndToEnd.Tests.Shared;
using Microsoft.Playwright;

namespace MailAdmin.EndToEnd.Tests.Pages;

/// <summary>A visitor who opens page after page and notes what is wrong with them.</summary>
/// <param name="visitor">The visitor's name in a fault.</param>
/// <param name="language">The language that the pages have to use, without the visitor having chosen it.</param>
internal sealed class PageVisit(IPage page, Uri panel, string visitor, string language)
{
    // Deque.AxeCore.Playwright opens a page of its own for each run and also returns the rules that passed, which is several times the
    // work.
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    // Axe's rules about texts. A page has the same elements in each language, so the others can have no other result.
    private const string OfTexts =
        """{ "runOnly": ["cat.forms", "cat.language", "cat.name-role-value", "cat.tables", "cat.text-alternatives"] }""";

    // Finds words of the title that begin on one line and end on the next.
    private const string Torn =
        """
        () => {
          const title = document.querySelector("h1"), torn = [];
          const texts = document.createTreeWalker(title, NodeFilter.SHOW_TEXT);
          while (texts.nextNode()) {
            const text = texts.currentNode;
            for (const word of text.data.matchAll(/[\p{L}\d.]+/gu)) {
              const range = document.createRange();
              range.setStart(text, word.index);
              range.setEnd(text, word.index + word[0].length);
              if (new Set([...range.getClientRects()].map(r => Math.round(r.top))).size > 1) torn.push(word[0]);
            }
          }
          return torn;
        }
        """;

    private readonly List<string> _faults = [];

    /// <summary>All faults that were found, in one message.</summary>
    public string Faults => string.Join('\n', _faults);

    public IPage Page => page;

    /// <summary>The number of pages; files and pages of other sites do not count.</summary>
    public int Visited { get; private set; }

    public static async Task<PageVisit> SignInAsync(PanelBrowser browser, Uri panel, string name, string password, string language)
    {
        var visit = new PageVisit(browser.Page, panel, name, language);
        await visit.SendPasswordAsync(name, password);
        // Every page is opened by its address afterwards, so nobody needs the load event of this one, which chromium sometimes keeps.
        await browser.Page.WaitForURLAsync(
            url => !url.Contains("/sign-in", StringComparison.Ordinal), new() { WaitUntil = WaitUntilState.Commit });
        return visit;
    }

    /// <summary>Carries out the first step of signing in; a second one may follow.</summary>
    public async Task SendPasswordAsync(string name, string password)
    {
        await page.GotoAsync(new Uri(panel, "/sign-in").ToString());
        await page.FillAsync("#name", name);
        await page.FillAsync("#password", password);
        await page.ClickAsync("main button");
    }

    /// <summary>Returns false if the answer is not a page but a picture or a list to download.</summary>
    public async Task<bool> OpenAsync(string path)
    {
        try
        {
            var answer = (await page.GotoAsync(new Uri(panel, path).ToString()))!;
            if (!answer.Headers.GetValueOrDefault("content-type", "").StartsWith("text/html", StringComparison.Ordinal)) return false;
            if (answer.Status != 200 && path != "/nothing") Note(path, $"answers {answer.Status}");
            if (await page.GetAttributeAsync("html", "lang") is var spoken && spoken != language) Note(path, $"is in {spoken}");
        }
        catch (PlaywrightException e) when (e.Message.Contains("Download is starting", StringComparison.Ordinal))
        {
            return false;
        }
        Visited++;
        return true;
    }

    /// <summary>Checks the open page with axe and in several widths.</summary>
    /// <param name="name">The name of the page in a fault.</param>
    /// <param name="colours">
    /// Checks what is the same in every language too: colours, by day and by night, and elements. It is most of axe's work.
    /// </param>
    /// <param name="widths">Widths of the window, in pixels.</param>
    public async Task CheckAsync(string name, bool colours, params int[] widths)
    {
        await page.SetViewportSizeAsync(1280, 800);
        await AxeFindsNothingAsync(name, colours ? "{}" : OfTexts);
        if (colours)
        {
            // A telephone by night: only rules about colours, scrolling and target sizes can have another result than before.
            await page.SetViewportSizeAsync(360, 700);
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark, ReducedMotion = ReducedMotion.Reduce });
            await AxeFindsNothingAsync(
                name + ", narrow and dark",
                """{ "runOnly": ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"] }""");
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        }
        foreach (var width in widths) await FitsAsync(name, width);
    }

    /// <param name="path">The page.</param>
    /// <param name="options">Axe's options as JSON: all its rules, or some of them.</param>
    public async Task AxeFindsNothingAsync(string path, string options = "{}")
    {
        if (await page.EvaluateAsync<bool>("() => !window.axe")) await page.EvaluateAsync(Axe);
        var found = await page.EvaluateAsync<string[]>(
            """
            async options => (await axe.run(document, { resultTypes: ["violations"], ...JSON.parse(options) })).violations
              .map(v => `${v.id}: ${v.help}\n    ${v.nodes.slice(0, 3).map(n => n.html).join("\n    ")}`)
            """,
            options);
        foreach (var violation in found) Note(path, violation);
    }

    /// <summary>The document does not scroll sideways, but elements inside it may.</summary>
    public async Task FitsAsync(string path, int width)
    {
        await page.SetViewportSizeAsync(width, 700);
        var wide = await page.EvaluateAsync<string[]>(
            """
            () => document.documentElement.scrollWidth <= innerWidth ? [] : [`${document.documentElement.scrollWidth} pixels`, ...[...document.querySelectorAll("main *")]
                .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.querySelector("*")).slice(0, 3).map(e => e.outerHTML.slice(0, 150))]
            """);
        if (wide.Length > 0) Note(path, $"is wider than {width}: {string.Join("\n    ", wide)}");
        var torn = await page.EvaluateAsync<string[]>(Torn);
        if (torn.Length > 0) Note(path, $"tears at {width}: {string.Join(", ", torn)}");
    }

    public void Note(string path, string fault) => _faults.Add($"{visitor}, {language}: {path} {fault}");
}
