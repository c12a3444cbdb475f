using MailAdmin.EndToEnd.Tests.Shared;
using Microsoft.Playwright;

namespace MailAdmin.EndToEnd.Tests.Pages;

/// <summary>Opens every page of a panel that has data, in a real browser.</summary>
internal static class EveryPage
{
    // Just above the width where the menu moves, just above the width where tables become cards, and two telephones.
    private static readonly int[] Widths = [1121, 861, 360, 320];

    /// <summary>Checks each page with axe and in several widths, by day, and in French by night as well.</summary>
    public static async Task IsFaultlessAsync(PageWorld world, string language)
    {
        await using var browser = await PanelBrowser.OpenAsync(language);
        var visit = await PageVisit.SignInAsync(
            browser, new Uri(world.Sandbox.PanelUrl), PageWorld.Superuser, PageWorld.Password, language);

        foreach (var path in PanelPages.Of(world))
        {
            if (path == "/settings/second-factor/app") await OpenSecondFactorsAsync(visit);
            if (await visit.OpenAsync(path)) await visit.CheckAsync(path, colours: language == "fr", Widths);
        }
        await LookAtPagesForNobodyAsync(visit, world.Links[language]);

        Assert.True(visit.Visited > 50 && visit.Faults.Length == 0, visit.Faults);
        Assert.DoesNotContain(browser.Complaints, c => !c.Contains("404", StringComparison.Ordinal));
    }

    // The pages that change second factors ask for the password again.
    private static async Task OpenSecondFactorsAsync(PageVisit visit)
    {
        await visit.Page.FillAsync("#present", PageWorld.Password);
        await visit.Page.ClickAsync("form[action='/settings/second-factor/open'] button");
        await Assertions.Expect(visit.Page.Locator("a[href='/settings/second-factor/app']")).ToBeVisibleAsync();
    }

    // The pages for a user who has typed the password and is asked for more, and for a user who has a one-time link.
    private static async Task LookAtPagesForNobodyAsync(PageVisit visit, string link)
    {
        await visit.Page.Context.ClearCookiesAsync();
        await visit.SendPasswordAsync(PageWorld.Careful, PageWorld.Password);
        await Assertions.Expect(visit.Page.Locator("#code")).ToBeVisibleAsync();
        await visit.CheckAsync("/sign-in/second-step", colours: true, Widths);
        await visit.OpenAsync(link);
        await visit.CheckAsync("/password-link", colours: true, Widths);
        await visit.Page.ClickAsync("main button");
        await Assertions.Expect(visit.Page.Locator("code.secret")).ToBeVisibleAsync();
        await visit.CheckAsync("/password-link, its password shown", colours: true, Widths);
    }
}
