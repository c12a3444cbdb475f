using System.Net;
using AngleSharp.Html.Dom;
using MailAdmin.Web.Features.Languages;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;
using MailAdmin.Web.Tests.Roles;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Web.Tests.Shared;

/// <summary>Goes through all routes, so that a new page is covered at once.</summary>
public sealed class PagesInEveryLanguageTests : IDisposable
{
    private readonly PanelApplication _panel = new();

    public static TheoryData<string> Languages => [.. PanelLanguages.All.Select(l => l.Name)];

    public void Dispose() => _panel.Dispose();

    [Theory, MemberData(nameof(Languages))]
    public async Task Every_page_is_in_the_readers_language_and_its_switch_leads_back_to_it(string language)
    {
        await using var world = await RouteWorld.CreateAsync();
        var browser = await world.Panel.SignInAsync("jens", language);
        var routes = PanelRoute.Of(world.Panel.Get<EndpointDataSource>()).Where(r => r.IsRead).ToList();
        Assert.True(routes.Count > 60);

        foreach (
            var (path, isClosed) in routes.Select(
                r => (r.Fill(name => world.ValueOf(r, Whose.Own, name)), RouteTable.Routes[r.Key] == AccessLevel.Closed))
                    .Append(("/nothing/é", true)))
        {
            var page = await browser.GetAsync(path + "?x=%C3%A9%2F1&y");

            Assert.True(page.Status == (isClosed ? HttpStatusCode.NotFound : HttpStatusCode.OK), $"{path}: {page.Status}");
            if (page.Response.Content.Headers.ContentType?.MediaType != "text/html") continue;
            Assert.True(page.Document.DocumentElement.GetAttribute("lang") == language, path);
            Assert.True(page.Response.Content.Headers.ContentLanguage.SequenceEqual([language]), path);
            Assert.Equal(page.Path, Switch(page)["page"]);
        }
    }

    [Fact]
    public async Task After_an_error_the_switch_leads_to_the_page_that_was_asked_for()
    {
        var browser = await BrowserAsync("fr");
        await _panel.Get<MailDatabase>().ExecuteWithoutAuditAsync(c => c.Database.ExecuteSqlRawAsync("ALTER TABLE Domains RENAME TO Gone"));

        var page = await browser.GetAsync("/domains?first=10");

        Assert.Equal(HttpStatusCode.InternalServerError, page.Status);
        Assert.Equal("/domains?first=10", Switch(page)["page"]);
    }

    [Fact]
    public async Task After_a_form_the_switch_leads_to_the_page_of_the_form()
    {
        var browser = await BrowserAsync("fr");
        var form = await browser.GetAsync("/domains/exemple.be/aliases/2?first=10");
        browser.Client.DefaultRequestHeaders.Referrer = form.Response.RequestMessage!.RequestUri;

        // The form is sent without its token.
        var page = await browser.PostAsync("/domains/exemple.be/aliases/2/delete", []);

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("/domains/exemple.be/aliases/2?first=10", Switch(page)["page"]);
    }

    [Fact]
    public async Task A_form_from_elsewhere_does_not_lead_there()
    {
        var browser = await BrowserAsync("fr");
        browser.Client.DefaultRequestHeaders.Referrer = new Uri("https://elsewhere.example/domains");

        var page = await browser.PostAsync("/domains/new", []);

        Assert.Equal("/domains/new", Switch(page)["page"]);
    }

    private static Dictionary<string, string> Switch(WebPage page) =>
        Browser.ValuesOf((IHtmlFormElement)page.Document.QuerySelector("form[action='/language']")!);

    private async Task<Browser> BrowserAsync(string language)
    {
        await _panel.SignedInAsync();
        var domain = await _panel.AddDomainAsync();
        await _panel.AddAccountAsync(domain, "gugus.dupont");
        await _panel.Get<AliasService>().CreateAsync(domain.Id, LocalPart.Parse("any"), ["exemple0001"], Actor.Panel);
        return await _panel.SignInAsync("jens", language);
    }
}
