using MailAdmin.EndToEnd.Tests.Shared;

namespace MailAdmin.EndToEnd.Tests.Pages;

/// <summary>The pages of a panel that has no admin and no data yet, and the pages for visitors who are not signed in.</summary>
[Trait("Lane", "browser")]
public sealed class FirstPagesTests(OwnSandbox own) : IClassFixture<OwnSandbox>
{
    private static readonly string[] Languages = ["fr", "en", "nl", "de"];

    [Fact]
    public async Task Axe_finds_nothing_on_the_first_pages_either()
    {
        var panel = new Uri(own.Sandbox.PanelUrl);
        List<string> faults = [];
        foreach (var language in Languages)
            faults.Add(await CheckAsync(panel, language, ["/setup", new Uri(own.Sandbox.SetupUrl!).PathAndQuery, "/sign-in"]));
        using (await PanelClient.SetUpAsync(own.Sandbox, PageWorld.Superuser, PageWorld.Password))
            foreach (var language in Languages) faults.Add(await CheckAsync(panel, language, ["/domains", "/admins"], signIn: true));

        Assert.Equal("", string.Concat(faults));
    }

    private static async Task<string> CheckAsync(Uri panel, string language, string[] paths, bool signIn = false)
    {
        await using var browser = await PanelBrowser.OpenAsync(language);
        var visit = signIn
            ? await PageVisit.SignInAsync(browser, panel, PageWorld.Superuser, PageWorld.Password, language)
            : new(browser.Page, panel, "nobody", language);
        foreach (var path in paths)
        {
            await visit.OpenAsync(path);
            await visit.CheckAsync(path, colours: true, 360, 320);
        }
        return visit.Faults;
    }
}
