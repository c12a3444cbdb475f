using System.Net;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Web.Features.DomainNames;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.DomainNames;

public sealed class DomainNamesTests : IDisposable
{
    private const string Path = "/domains/exemple.be/names";
    private readonly PanelApplication _panel = new();

    public void Dispose() => _panel.Dispose();

    [Fact]
    public async Task The_superuser_adds_a_name_in_letters_of_any_kind_and_removes_it_after_a_page_that_says_what_goes()
    {
        var browser = await _panel.SignedInAsync();
        await _panel.AddDomainAsync();

        var added = await browser.SubmitAsync(Path, ("Name", "Été-Café.example"));
        Said.In(DomainNameTexts.Added_one, added.Notice, "été-café.example", "exemple.be");
        var link = added.Document.QuerySelector(".rows a.bad")!.GetAttribute("href")!;
        var warning = await browser.GetAsync(link);
        Said.In(DomainNameTexts.DeleteMeans, warning.Text, "été-café.example");
        Assert.Contains("hosted", warning.Document.QuerySelector(".effects")!.TextContent, StringComparison.Ordinal);
        // An alias that was created in the meantime also loses this name, so the effects are shown again.
        await browser.SubmitAsync("/domains/exemple.be/aliases/new", ("Address", "liste"), ("Destinations", "ami@example.org"));
        warning = await browser.SubmitAsync(warning, "main form");
        Assert.Contains("entre-temps", warning.Problems, StringComparison.Ordinal);
        Assert.Contains("liste@xn--t-caf-9rabe.example", warning.Document.QuerySelector(".effects")!.TextContent, StringComparison.Ordinal);

        var removed = await browser.SubmitAsync(warning, "main form");

        Assert.DoesNotContain("été-café.example", removed.Document.QuerySelector(".rows")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(link)).Status);
    }

    [Fact]
    public async Task Another_name_becomes_the_main_one_as_it_was_shown_and_the_pages_move_to_it()
    {
        var browser = await _panel.SignedInAsync();
        await _panel.AddAccountAsync(await _panel.AddDomainAsync(), "gugus.dupont");
        var names = await browser.SubmitAsync(Path, ("Name", "nouveau.example"));
        var link = names.Document.QuerySelector(".rows a[href$='/promote']")!.GetAttribute("href")!;
        var asked = await browser.GetAsync(link);
        Said.In(DomainNameTexts.PromoteMeans, asked.Text, "nouveau.example", "exemple.be");
        // An address that was created in the meantime changes with it, so the page is shown again.
        await browser.SubmitAsync("/domains/exemple.be/aliases/new", ("Address", "liste"), ("Destinations", "exemple0001"));
        asked = await browser.SubmitAsync(asked, "main form");
        Assert.Contains("entre-temps", asked.Problems, StringComparison.Ordinal);

        var done = await browser.SubmitAsync(asked, "main form");

        Assert.Equal("/domains/nouveau.example/names", done.Path);
        Said.In(DomainNameTexts.Promoted, done.Notice, "exemple.be", "nouveau.example");
        Assert.Contains("exemple.be", done.Document.QuerySelector(".rows li:nth-child(2)")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(
            "gugus.dupont@nouveau.example", (await browser.GetAsync("/domains/nouveau.example/accounts/exemple0001")).Text,
            StringComparison.Ordinal);
        // The second click of a double click.
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(link)).Status);
    }

    [Fact]
    public async Task Names_are_pasted_together_and_added_all_or_none()
    {
        var browser = await _panel.SignedInAsync();
        await _panel.AddDomainAsync();

        var refused = await browser.SubmitAsync(Path, ("Name", "exemple.com, exemple.be\r\nexemple"));
        Assert.Contains("exemple", refused.ErrorAt("Name"), StringComparison.Ordinal);
        Assert.Single(refused.Document.QuerySelectorAll(".rows li"));
        var added = await browser.SubmitAsync(Path, ("Name", "exemple.com, exemple.org\r\n  exemple.net;\r\nexemple.com"));

        Said.In(DomainNameTexts.Added_other, added.Notice, "exemple.com, exemple.org, exemple.net", "exemple.be");
        Assert.Equal(4, added.Document.QuerySelectorAll(".rows li").Length);
    }

    [Fact]
    public async Task While_names_of_a_large_domain_come_the_page_says_how_far_they_are()
    {
        var browser = await _panel.SignedInAsync();
        var domain = await _panel.AddDomainAsync();
        await _panel.FillAsync(domain, 1_200);

        var begun = await browser.SubmitAsync(Path, ("Name", "exemple.com exemple.org exemple.net exemple.info exemple.eu"));

        Said.In(DomainNameTexts.AddingBegun, begun.Notice);
        Assert.Equal(Enumerable.Repeat(DomainNameTexts.Coming, 5), begun.Document.QuerySelectorAll(".rows .chip").Select(c => c.TextContent));
        Assert.Equal("0.00", begun.Document.QuerySelector("progress")!.GetAttribute("value"));
        await _panel.Get<DomainAliasService>().StepAsync(domain.Id, TestContext.Current.CancellationToken);
        var page = await browser.GetAsync(Path);
        Assert.Equal("0.42", page.Document.QuerySelector("progress")!.GetAttribute("value"));
        Assert.Equal("yes", page.Document.QuerySelector("#names")!.GetAttribute("data-follow"));
        for (var step = 2; step <= 3; step++) await _panel.Get<DomainAliasService>()
            .StepAsync(domain.Id, TestContext.Current.CancellationToken);
        page = await browser.GetAsync(Path);
        Assert.Null(page.Document.QuerySelector("progress"));
        var removed = await browser.SubmitAsync(
            await browser.GetAsync(page.Document.QuerySelector(".rows a.bad")!.GetAttribute("href")!), "main form");
        Assert.Equal(DomainNameTexts.Going, removed.Document.QuerySelector(".rows .chip")!.TextContent);
        Said.In(DomainNameTexts.RemovalBegun, removed.Notice);
    }

    [Theory]
    [InlineData("voisin.example")]
    [InlineData("exemple.be")]
    [InlineData("mx.example.org")]
    [InlineData("pas un domaine")]
    public async Task A_name_that_cannot_be_is_told_beside_the_field(string name)
    {
        var browser = await _panel.SignedInAsync();
        await _panel.AddDomainAsync();
        await _panel.AddDomainAsync("voisin.example", "voisin");

        var page = await browser.SubmitAsync(Path, ("Name", name));

        Assert.NotEmpty(page.ErrorAt("Name"));
        Assert.Contains(name, page.Html, StringComparison.Ordinal);
    }

    [Fact] // C089
    public async Task A_domain_admin_sees_the_names_and_cannot_change_them()
    {
        var browser = await _panel.SignedInAsync();
        var domain = await _panel.AddDomainAsync();
        await browser.SubmitAsync(Path, ("Name", "exemple.com"));
        await _panel.AddAdminAsync("marie", AdminRole.DomainAdmin, domain);
        var marie = await _panel.SignInAsync("marie");

        var page = await marie.GetAsync(Path);

        Assert.Contains("exemple.com", page.Document.QuerySelector(".rows")!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("main form"));
        Assert.Equal(HttpStatusCode.Forbidden, (await marie.GetAsync(Path + "/exemple.com/delete")).Status);
        var token = Browser.ValuesOf((AngleSharp.Html.Dom.IHtmlFormElement)page.Document.QuerySelector("header form")!);
        Assert.Equal(HttpStatusCode.Forbidden, (await marie.PostAsync(Path, token)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await marie.PostAsync(Path + "/exemple.com/delete", token)).Status);
    }
}
