using Microsoft.Playwright;

namespace MailAdmin.EndToEnd.Tests.Pages;

/// <summary>Goes through a page with the Tab key.</summary>
internal static class TabOrder
{
    // A group of choices is one stop. The content of a closed menu is none.
    private const string Start =
        """
        part => {
          const within = document.querySelector(part);
          const all = [...within.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
            .filter(e => !e.disabled && e.checkVisibility({ visibilityProperty: true }))
            .filter(e => e.type !== "radio" || e.checked);
          const seen = [];
          const hidden = new Set();
          document.addEventListener("focusin", event => {
            const at = all.indexOf(event.target);
            if (at >= 0 && seen.at(-1) !== at) seen.push(at);
            const style = getComputedStyle(event.target);
            if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) === 0) hidden.add(at);
          });
          window.tabs = { all, seen, hidden };
          within.tabIndex = -1;
          within.focus();
          return all.length;
        }
        """;

    private const string Result =
        """
        () => {
          const { all, seen, hidden } = window.tabs;
          const name = at => all[at]?.outerHTML.slice(0, 120);
          const once = seen.slice(0, new Set(seen).size);
          return [
            ...all.map((_, at) => at).filter(at => !seen.includes(at)).map(at => `is never reached: ${name(at)}`),
            ...once.filter((at, i) => i > 0 && at < once[i - 1]).map(at => `comes too late: ${name(at)}`),
            ...[...hidden].filter(at => at >= 0).map(at => `does not show that it has the focus: ${name(at)}`),
          ];
        }
        """;

    /// <param name="page">A page that is already open.</param>
    /// <param name="part">The element in which to start and to stay: <c>body</c>, <c>main</c>.</param>
    public static async Task<string[]> FaultsAsync(IPage page, string part)
    {
        var controls = await page.EvaluateAsync<int>(Start, part);
        // A date field has several stops.
        var dates = await page.Locator("input[type=date]").CountAsync();
        for (var i = 0; i < controls + dates * 4; i++) await page.Keyboard.PressAsync("Tab");
        return await page.EvaluateAsync<string[]>(Result);
    }
}
