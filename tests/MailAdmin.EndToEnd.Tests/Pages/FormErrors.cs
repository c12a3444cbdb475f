using Microsoft.Playwright;

namespace MailAdmin.EndToEnd.Tests.Pages;

/// <summary>Sends a page's first form with nonsense in each text field.</summary>
internal static class FormErrors
{
    private const string Form = "main form[method=post]:has(.field input:not([type=hidden]), .field textarea)";

    /// <summary>Returns false if the page has no such form.</summary>
    public static async Task<bool> ProvokeAsync(IPage page)
    {
        var form = page.Locator(Form).First;
        if (await form.CountAsync() == 0) return false;
        await form.EvaluateAsync(
            """
            form => { window.isOld = true; for (const field of form.querySelectorAll(".field :is(input, textarea)"))
              if (!["hidden", "file", "checkbox", "radio"].includes(field.type)) field.value = field.type === "date" ? "2001-01-01" : "\"é@@ ! <b>"; }
            """);
        await form.Locator("button.main, button.bad").First.ClickAsync();
        await page.WaitForFunctionAsync("() => !window.isOld && document.readyState === 'complete'");
        return await page.Locator("main [aria-invalid]").CountAsync() > 0;
    }

    public static Task<bool> CursorIsInFirstAsync(IPage page) =>
        page.EvaluateAsync<bool>("() => document.activeElement === document.querySelector('main [aria-invalid]')");
}
