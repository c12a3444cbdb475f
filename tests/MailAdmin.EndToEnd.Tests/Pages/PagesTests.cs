using MailAdmin.EndToEnd.Tests.Shared;
using Microsoft.Playwright;

namespace MailAdmin.EndToEnd.Tests.Pages;

/// <summary>
/// Every page of the panel in a real browser, in French: what axe reports, whether the page fits, and whether it works by keyboard.
/// </summary>
[Trait("Lane", "browser")]
public sealed class PagesTests(PageWorld world) : IClassFixture<PageWorld>
{
    private Uri Panel => new(world.Sandbox.PanelUrl);

    [Theory]
    [InlineData("fr")]
    public Task Axe_finds_nothing_on_any_page_by_day_and_by_night_and_no_page_is_wider_than_its_screen(string language) =>
        EveryPage.IsFaultlessAsync(world, language);

    [Fact]
    public async Task What_a_domain_admin_sees_otherwise_is_as_good()
    {
        await using var browser = await PanelBrowser.OpenAsync();
        var visit = await PageVisit.SignInAsync(browser, Panel, PageWorld.DomainAdmin, PageWorld.Password, "fr");

        foreach (
            var path in (
                string[])["/domains", "/domains/exemple.be/settings", "/domains/exemple.be/names", "/domains/exemple.be/accounts",
                "/settings"])
        {
            await visit.OpenAsync(path);
            await visit.CheckAsync(path, colours: true, 320);
        }

        Assert.True(visit.Faults.Length == 0, visit.Faults);
    }

    [Fact]
    public async Task Axe_finds_nothing_on_a_form_that_comes_back_and_the_cursor_is_in_what_is_wrong()
    {
        await using var browser = await PanelBrowser.OpenAsync();
        var visit = await PageVisit.SignInAsync(browser, Panel, PageWorld.Superuser, PageWorld.Password, "fr");
        var returned = 0;

        foreach (var path in PanelPages.Of(world).Where(p => !p.Contains('?', StringComparison.Ordinal)))
        {
            if (!await visit.OpenAsync(path) || !await FormErrors.ProvokeAsync(visit.Page)) continue;
            returned++;
            await visit.AxeFindsNothingAsync(path);
            if (!await FormErrors.CursorIsInFirstAsync(visit.Page)) visit.Note(path, "leaves the cursor away from what is wrong");
        }

        Assert.True(returned > 10 && visit.Faults.Length == 0, $"{returned} forms came back.\n{visit.Faults}");
    }

    [Fact]
    public async Task The_tab_key_reaches_every_control_of_every_page_in_order_and_shows_where_it_is()
    {
        await using var browser = await PanelBrowser.OpenAsync();
        var visit = await PageVisit.SignInAsync(browser, Panel, PageWorld.Superuser, PageWorld.Password, "fr");

        foreach (var path in PanelPages.Of(world))
        {
            if (!await visit.OpenAsync(path)) continue;
            // The bar and the column are the same on each page, so they are checked only once.
            foreach (var fault in await TabOrder.FaultsAsync(visit.Page, visit.Visited == 1 ? "body" : "main")) visit.Note(path, fault);
        }

        Assert.True(visit.Faults.Length == 0, visit.Faults);
    }

    [Fact]
    public async Task The_skip_link_the_search_key_and_the_menus_work_by_keyboard()
    {
        await using var browser = await PanelBrowser.OpenAsync();
        var visit = await PageVisit.SignInAsync(browser, Panel, PageWorld.Superuser, PageWorld.Password, "fr");
        await visit.OpenAsync("/domains/exemple.be/accounts");
        var (page, keyboard) = (visit.Page, visit.Page.Keyboard);

        await keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Locator(".skip")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator(".skip")).ToBeInViewportAsync();
        await keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#main")).ToBeFocusedAsync();

        await keyboard.PressAsync("/");
        await Assertions.Expect(page.Locator("#search")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("#search")).ToHaveValueAsync("");

        var menu = page.Locator("td .menu").First;
        await menu.Locator("summary").FocusAsync();
        await keyboard.PressAsync("Enter");
        await keyboard.PressAsync("Tab");
        await Assertions.Expect(menu.Locator("a").First).ToBeFocusedAsync();
        await keyboard.PressAsync("Escape");
        await Assertions.Expect(menu.Locator("a").First).ToBeHiddenAsync();
        await Assertions.Expect(menu.Locator("summary")).ToBeFocusedAsync();
    }
}
