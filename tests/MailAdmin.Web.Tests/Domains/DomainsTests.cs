using System.Net;
using MailAdmin.Core.Admins;
using MailAdmin.Web.Features.Accounts;
using MailAdmin.Web.Features.Domains;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Domains;

public sealed class DomainsTests : IDisposable
{
    private readonly PanelApplication _panel = new();

    public void Dispose() => _panel.Dispose();

    [Fact]
    public async Task A_new_domain_is_listed_with_the_columns_of_the_manual()
    {
        var browser = await _panel.SignedInAsync();

        var page = await browser.SubmitAsync(
            "/domains/new", ("Name", "exemple.be"), ("Prefix", "exemple"), ("MaxAccounts", "10"), ("DefaultQuota", "25 000 Ko"));

        Assert.Equal("/domains/exemple.be/accounts", page.Path);
        Said.In(DomainTexts.Created, page.Notice, "exemple.be");
        Said.In(AccountTexts.None, page.Text);
        var cells = (await browser.GetAsync("/domains")).Document.QuerySelectorAll("tbody td").Select(c => c.TextContent.Trim()).ToList();
        Assert.Equal(["exemple.be", "exemple", "0 / 10"], cells[..3]);
        Assert.Equal("25000Ko", string.Concat(cells[3].Where(c => !char.IsWhiteSpace(c))));
        Assert.Equal(SharedTexts.Active, cells[5]);
    }

    [Theory]
    [InlineData("Name", "", nameof(ProblemTexts.DomainMissing))]
    [InlineData("Name", "not a domain", nameof(ProblemTexts.DomainMalformed))]
    [InlineData("Name", "mx.example.org", nameof(ProblemTexts.DomainIsHostName))]
    [InlineData("Name", "voisin.example", nameof(ProblemTexts.DomainExists))]
    [InlineData("Prefix", "9x", nameof(ProblemTexts.PrefixMalformed))]
    [InlineData("Prefix", "voisin", nameof(ProblemTexts.PrefixTaken))]
    [InlineData("MaxAccounts", "many", nameof(ProblemTexts.NumberMalformed))]
    [InlineData("MaxAccounts", "-1", nameof(ProblemTexts.DomainMaxAccountsNegative))]
    [InlineData("DefaultQuota", "much", nameof(ProblemTexts.QuotaMalformed))]
    [InlineData("MaxQuota", "-5", nameof(ProblemTexts.QuotaMalformed))]
    [InlineData("TotalQuota", "1.2.3", nameof(ProblemTexts.QuotaMalformed))]
    [InlineData("Folders", "a//b", nameof(ProblemTexts.FolderMalformed))]
    public async Task Each_refusal_stands_beside_its_field_and_what_was_typed_stays(
        string field, string value, string problem)
    {
        await _panel.SignedInAsync();
        await _panel.AddDomainAsync("voisin.example", "voisin");

        foreach (var language in (string[])["fr", "en"])
        {
            var browser = await _panel.SignInAsync("jens", language);
            var form = await browser.GetAsync("/domains/new");
            var page = await browser.SubmitAsync(
                form, "main form",
                [.. new[] { ("Name", "exemple.be"), ("Prefix", "exemple") }.Where(f => f.Item1 != field), (field, value)]);

            Assert.Equal("/domains/new", page.Path);
            Said.In(Said.Problem(problem, language), page.ErrorAt(field));
            Assert.Equal(value, Browser.ValuesOf((AngleSharp.Html.Dom.IHtmlFormElement)page.Document.QuerySelector("main form")!)[field]);
            Assert.Equal("true", page.Document.GetElementById(field.ToLowerInvariant())!.GetAttribute("aria-invalid"));
        }
        Assert.Single((await (await _panel.SignInAsync("jens")).GetAsync("/domains")).Document.QuerySelectorAll("tbody tr"));
    }

    [Fact]
    public async Task An_accented_domain_is_shown_as_people_write_it_and_linked_as_machines_do()
    {
        var browser = await _panel.SignedInAsync();

        var page = await browser.SubmitAsync("/domains/new", ("Name", "Café.example"), ("Prefix", "cafe"));

        Assert.Equal("/domains/xn--caf-dma.example/accounts", page.Path);
        Assert.Contains("café.example", page.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_a_superuser_makes_domains()
    {
        await _panel.SignedInAsync();
        var domain = await _panel.AddDomainAsync();
        await _panel.AddAdminAsync("luc", AdminRole.DomainAdmin, domain);
        var browser = await _panel.SignInAsync("luc");

        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync("/domains/new")).Status);
        Assert.Null((await browser.GetAsync("/domains")).Document.QuerySelector("a[href='/domains/new']"));
    }

    [Fact]
    public async Task A_domain_admin_with_one_domain_lands_in_it()
    {
        await _panel.SignedInAsync();
        var domain = await _panel.AddDomainAsync();
        await _panel.AddAdminAsync("luc", AdminRole.DomainAdmin, domain);

        Assert.Equal("/domains/exemple.be/accounts", (await (await _panel.SignInAsync("luc")).GetAsync("/")).Path);
    }
}
