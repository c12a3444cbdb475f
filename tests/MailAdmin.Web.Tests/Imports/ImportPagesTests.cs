using System.Text;
using MailAdmin.Core.Imports;
using MailAdmin.Core.PasswordLinks;
using MailAdmin.Web.Features.Imports;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Imports;

public sealed class ImportPagesTests : IDisposable
{
    private const string Import = "/domains/exemple.be/import";
    private const string List = "Adresse;Nom;Quota\ngugus.dupont;Gugus Dupont;500 Mo\nélise;Élise;\npost;\"=1+1\";\n";

    private readonly PanelApplication _panel = new() { Settings = { ["PublicUrl"] = "http://localhost" } };

    public void Dispose() => _panel.Dispose();

    [Fact]
    public async Task A_list_is_previewed_carried_out_and_its_passwords_are_shown_once()
    {
        var browser = await _panel.SignedInAsync();
        await _panel.AddDomainAsync();

        var preview = await UploadAsync(browser, Encoding.Latin1.GetBytes(List));
        Assert.Contains("ISO-8859-1", preview.Text, StringComparison.Ordinal);
        Said.In(ImportTexts.Wrong, preview.Text);
        var wrong = await browser.GetAsync(Id(preview) + "/wrong");
        Assert.Contains("élise", wrong.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("gugus.dupont", (await browser.GetAsync("/domains/exemple.be/accounts")).Text, StringComparison.Ordinal);

        await browser.SubmitAsync(preview, "form[action$=start]");
        await FinishAsync(preview);
        var done = await browser.GetAsync(Id(preview));
        Said.In(ImportTexts.StateDone, done.Text);
        Assert.Contains("Gugus Dupont", (await browser.GetAsync("/domains/exemple.be/accounts")).Text, StringComparison.Ordinal);

        var sheets = await browser.SubmitAsync(done, "form[action$=passwords]");
        Assert.Equal(2, sheets.Document.QuerySelectorAll("code.secret").Length);
        Assert.Contains("exemple0001", sheets.Text, StringComparison.Ordinal);
        Assert.Null((await browser.GetAsync(Id(preview))).Document.QuerySelector("form[action$=passwords]"));
    }

    [Fact]
    public async Task Generated_passwords_become_links_and_the_export_is_no_change()
    {
        var browser = await _panel.SignedInAsync();
        await _panel.AddDomainAsync();
        var preview = await UploadAsync(browser, Encoding.UTF8.GetBytes(List));
        await browser.SubmitAsync(preview, "form[action$=start]");
        await FinishAsync(preview);

        var links = await browser.SubmitAsync(
            await browser.GetAsync(Id(preview)), "form[action$=links]", ("Hours", $"{PasswordLinkService.Lifetimes[1]}"), ("Language", "fr"));
        Assert.Equal(2, links.Document.QuerySelectorAll("td code.break")
            .Count(c => c.TextContent.Contains("/password-link/", StringComparison.Ordinal)));

        var exported = (await browser.GetAsync("/domains/exemple.be/export")).Response;
        var octets = await exported.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Contains("'=1+1", Encoding.UTF8.GetString(octets), StringComparison.Ordinal);
        Assert.DoesNotContain("$2", Encoding.UTF8.GetString(octets), StringComparison.Ordinal);
        var again = await UploadAsync(browser, octets);
        Assert.Null(again.Document.QuerySelector("form[action$=start]"));
        Said.In(ImportTexts.FormatTotals("0", "0", "2", "0"), again.Text);
    }

    [Fact]
    public async Task A_list_that_cannot_be_read_is_told_at_its_field()
    {
        var browser = await _panel.SignedInAsync();
        await _panel.AddDomainAsync();
        var page = await browser.SubmitAsync(await browser.GetAsync(Import), "form[enctype]", ("Text", "Name;Quota\nx;1"));
        Assert.NotEqual("", page.ErrorAt("Text"));
        Assert.Equal("Name;Quota\nx;1", page.Document.QuerySelector("textarea")!.TextContent.Trim());
    }

    private async Task FinishAsync(WebPage preview)
    {
        var id = long.Parse(Id(preview).Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
        while ((await _panel.Get<ImportRepository>().FindAnyAsync(id))!.State == ImportState.Running)
            await _panel.Get<ImportSteps>().StepAsync(id, default);
    }

    private static string Id(WebPage page) => page.Response.RequestMessage!.RequestUri!.AbsolutePath;

    private static async Task<WebPage> UploadAsync(Browser browser, byte[] octets)
    {
        var form = await browser.GetAsync(Import);
        var token = form.Document.QuerySelector("form[enctype] input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var file = new ByteArrayContent(octets);
        using var key = new StringContent(token);
        using var body = new MultipartFormDataContent { { key, "__RequestVerificationToken" }, { file, "File", "list.csv" } };
        return await Browser.ReadAsync(await browser.Client.PostAsync(Import, body, TestContext.Current.CancellationToken));
    }
}
