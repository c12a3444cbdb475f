using System.Net;
using MailAdmin.Web.Features.Domains;
using MailAdmin.Web.Features.Languages;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Tests.Shared;

public sealed class LanguageTests : IDisposable
{
    // Texts of ASP.NET Core and .NET themselves.
    private static readonly string[] FrameworkWords = ["The value", "is not valid", "field is required", "is invalid", "must be a",
        "Exception", "   at "];

    private readonly PanelApplication _panel = new();

    public static TheoryData<string> Languages => [.. PanelLanguages.All.Select(l => l.Name)];

    public void Dispose() => _panel.Dispose();

    [Speaks("en")]
    [Fact]
    public async Task The_switch_stays_on_the_page_and_is_remembered()
    {
        var browser = await _panel.SignedInAsync();
        var page = await browser.GetAsync("/domains/new?x=1");
        Assert.Equal("fr", page.Document.DocumentElement.GetAttribute("lang"));
        var values = Browser.ValuesOf((AngleSharp.Html.Dom.IHtmlFormElement)page.Document.QuerySelector("form[action='/language']")!);
        values["language"] = "en";

        page = await browser.PostAsync("/language", values);

        Assert.Equal("/domains/new?x=1", page.Path);
        Assert.Equal(DomainTexts.Add, page.Title);
        Assert.Equal("en", page.Response.Content.Headers.ContentLanguage.Single());
        // The choice belongs to the admin, whatever language the next browser asks for.
        Assert.Equal(SharedTexts.Domains, (await (await _panel.SignInAsync("jens", "fr")).GetAsync("/domains")).Title);
    }

    [Theory]
    [InlineData("fr-BE,fr;q=0.9", "fr")]
    [InlineData("nl-BE", "nl")]
    [InlineData("de-AT,en;q=0.5", "de")]
    [InlineData("zz,it;q=0.9", "en")]
    [InlineData("*", "en")]
    public async Task Without_a_choice_the_browser_decides_and_else_it_is_english(string accepted, string language) =>
        Assert.Equal(language, (await _panel.NewBrowser(accepted).GetAsync("/setup")).Document.DocumentElement.GetAttribute("lang"));

    [Theory]
    [InlineData("en", "1 November 2025")]
    [InlineData("en-GB,en;q=0.9", "1 November 2025")]
    [InlineData("en-US", "November 1, 2025")]
    [InlineData("en-XX,fr-FR;q=0.5", "1 November 2025")]
    [InlineData("fr-BE", "1er novembre 2025")]
    [InlineData("de-AT,en-US;q=0.1", "1. November 2025")]
    public async Task Dates_are_those_of_the_readers_country_and_every_time_of_the_zone_that_was_chosen(string accepted, string date)
    {
        await _panel.SignedInAsync();
        var domain = await _panel.AddDomainAsync();
        await _panel.AddAccountAsync(domain, "gugus.dupont");
        // In London these are the last minutes of October, but in Brussels it is November.
        await _panel.Get<Core.Data.MailDatabase>()
            .ExecuteWithoutAuditAsync(
                c => Task.FromResult(
                    c.Accounts.Single().CreatedAt = DateTimeOffset.Parse(
                        "2025-10-31T23:30:00Z", System.Globalization.CultureInfo.InvariantCulture)));
        var browser = await _panel.SignInAsync("jens", accepted);

        await browser.SubmitAsync("/settings", ("TimeZone", "Europe/Brussels"));

        Assert.Contains(
            date, (await browser.GetAsync("/domains/exemple.be/accounts/exemple0001")).Document.QuerySelector("main time")!.TextContent,
            StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Languages))]
    public async Task Garbage_in_any_form_is_refused_in_the_readers_language(string language)
    {
        await _panel.SignedInAsync();
        var domain = await _panel.AddDomainAsync();
        await _panel.AddAccountAsync(domain, "gugus.dupont");
        await _panel.Get<Core.Aliases.AliasService>()
            .CreateAsync(domain.Id, Core.Addresses.LocalPart.Parse("any"), [], Core.Admins.Actor.Panel);
        var browser = await _panel.SignInAsync("jens", language);
        string[] garbage = ["", " ", "abc", "-1", "1e309", "99999999999999999999", "\0", "\u202e\ud83d\ude00", "<script>",
            "'; DROP TABLE Accounts; --", "{0}", new string('x', 5_000), "a@b@c", "true"];
        string[] paths =
        [
            "/domains/new", "/domains/exemple.be/accounts/new", "/domains/exemple.be/accounts/exemple0001/password",
            "/domains/exemple.be/aliases/new",
            "/domains/exemple.be/aliases/2",
        ];

        foreach (var path in paths)
        {
            var form = await browser.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, form.Status);
            var names = Browser.ValuesOf((AngleSharp.Html.Dom.IHtmlFormElement)form.Document.QuerySelector("form.sheet")!).Keys.Where(
                n => !n.StartsWith("__", StringComparison.Ordinal)).ToList();
            foreach (var value in garbage)
            {
                var page = await browser.SubmitAsync(form, "form.sheet", [.. names.Select(n => (n, value))]);
                // No browser sends a NUL, so the whole form is refused.
                Assert.Equal(value == "\0" ? HttpStatusCode.BadRequest : HttpStatusCode.OK, page.Status);
                Assert.True(page.HasErrors || value == "\0", $"{path} took '{value}'");
                Assert.All(FrameworkWords, words => Assert.DoesNotContain(words, page.Text, StringComparison.Ordinal));
                Assert.Equal(language, page.Document.DocumentElement.GetAttribute("lang"));
            }
        }
    }

    [Theory]
    [InlineData("fr", "Cette page n’existe pas")]
    [InlineData("en", "Page not found")]
    [InlineData("nl", "Deze pagina bestaat niet")]
    [InlineData("de", "Diese Seite gibt es nicht")]
    public async Task What_does_not_exist_is_said_in_the_readers_language(string language, string title)
    {
        await _panel.SignedInAsync();
        var page = await (await _panel.SignInAsync("jens", language)).GetAsync("/nothing");

        Assert.Equal((HttpStatusCode.NotFound, title), (page.Status, page.Title));
    }
}
