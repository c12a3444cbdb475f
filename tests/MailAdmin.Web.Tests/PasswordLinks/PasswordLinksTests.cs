using System.Net;
using AngleSharp.Dom;
using MailAdmin.Core.Admins;
using MailAdmin.Web.Features.PasswordLinks;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.PasswordLinks;

public sealed class PasswordLinksTests : IDisposable
{
    private const string Sheet = "/domains/exemple.be/accounts/exemple0001";

    private readonly PanelApplication _panel = new() { Settings = { ["PublicUrl"] = "http://localhost" } };

    public void Dispose() => _panel.Dispose();

    [Fact]
    public async Task A_password_reaches_its_user_by_a_link_that_shows_it_once_after_a_click()
    {
        var (admin, password, link) = await MakeAsync("nl");
        var user = _panel.NewBrowser("fr");

        // A link preview opens the page first, and then the user opens it.
        await _panel.NewBrowser().GetAsync(link.AbsolutePath);
        var page = await user.GetAsync(link.AbsolutePath);
        Assert.Equal("nl", page.Document.DocumentElement.GetAttribute("lang"));
        Assert.DoesNotContain(password, page.Html, StringComparison.Ordinal);
        page = await user.SubmitAsync(page, "main form", ("Key", link.Fragment[1..]));
        var again = await user.GetAsync(link.AbsolutePath);

        Assert.Equal(password, page.Document.QuerySelector("code.secret")!.TextContent);
        Assert.Contains("gugus.dupont@exemple.be", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(password, again.Html, StringComparison.Ordinal);
        Said.In(Said.Text(PasswordLinkTexts.ResourceManager, nameof(PasswordLinkTexts.NotYou), "nl"), again.Text);
        Said.In(PasswordLinkTexts.StateShown, (await admin.GetAsync("/links")).Text);
    }

    [Fact]
    public async Task Its_page_is_kept_by_no_cache_and_found_by_no_search_engine()
    {
        var (_, _, link) = await MakeAsync();

        var page = await _panel.NewBrowser().GetAsync(link.AbsolutePath);

        Assert.Contains("noindex", page.Response.Headers.GetValues("X-Robots-Tag").Single(), StringComparison.Ordinal);
        Assert.Contains("no-store", page.Response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal("same-origin", page.Response.Headers.GetValues("Referrer-Policy").Single());
    }

    [Fact]
    public async Task The_key_is_behind_the_hash_so_that_no_request_holds_it()
    {
        var (_, _, link) = await MakeAsync();

        Assert.Equal(33, link.Fragment.Length);
        Assert.DoesNotContain(link.Fragment[1..], link.AbsolutePath + link.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_key_is_told_and_the_right_one_still_works()
    {
        var (_, password, link) = await MakeAsync();
        var user = _panel.NewBrowser();

        var page = await user.SubmitAsync(link.AbsolutePath, ("Key", new string('0', 32)));
        Said.In(ProblemTexts.PasswordLinkKeyWrong, page.ErrorAt("Key"));

        page = await user.SubmitAsync(page, "main form", ("Key", link.Fragment[1..]));
        Assert.Equal(password, page.Document.QuerySelector("code.secret")!.TextContent);
    }

    [Fact]
    public async Task Who_made_it_withdraws_it_and_nobody_else_sees_it_listed()
    {
        var (admin, _, link) = await MakeAsync();
        await _panel.AddAdminAsync("ann", AdminRole.Superuser);
        Said.In(PasswordLinkTexts.None, (await (await _panel.SignInAsync("ann")).GetAsync("/links")).Text);

        var page = await admin.SubmitAsync(await admin.GetAsync("/links"), "main form[action='/links/withdraw']");

        Said.In(PasswordLinkTexts.StateWithdrawn, page.Text);
        Said.In(PasswordLinkTexts.NoMore, (await _panel.NewBrowser().GetAsync(link.AbsolutePath)).Text);
    }

    [Fact]
    public async Task The_link_itself_is_shown_once()
    {
        var (admin, _, link) = await MakeAsync();

        Assert.DoesNotContain(link.Fragment[1..], (await admin.GetAsync("/links")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_sheet_without_its_password_none_is_made()
    {
        var (admin, _, _) = await MakeAsync();

        var sheet = await admin.GetAsync(Sheet + "/client-settings");
        var token = Browser.ValuesOf(sheet.Document.QuerySelector<AngleSharp.Html.Dom.IHtmlFormElement>(".top form[action='/sign-out']")!);
        token["Hours"] = "24";
        token["Ticket"] = "nonsense";
        var page = await admin.PostAsync(Sheet + "/password-link", token);

        Assert.Null(sheet.Document.QuerySelector("input[name=Ticket]"));
        Said.In(ProblemTexts.PasswordLinkPasswordChanged, page.Notice);
    }

    [Fact]
    public async Task An_unknown_link_is_no_page()
    {
        await _panel.SignedInAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await _panel.NewBrowser().GetAsync("/password-link/0123456789abcdef0123")).Status);
    }

    [Fact]
    public async Task The_sheet_says_why_not_by_mail()
    {
        var (admin, _, _) = await MakeAsync();

        Said.In(PasswordLinkTexts.WhyNotByMailMeans, (await admin.GetAsync(Sheet + "/client-settings")).Text);
    }

    private async Task<(Browser Admin, string Password, Uri Link)> MakeAsync(string language = "fr")
    {
        var admin = await _panel.SignedInAsync();
        await _panel.AddAccountAsync(await _panel.AddDomainAsync(), "gugus.dupont");
        var sheet = await admin.SubmitAsync(Sheet + "/password", ("Generate", "true"));
        var password = sheet.Document.QuerySelector("code.secret")!.TextContent;
        var page = await admin.SubmitAsync(sheet, "main form", ("Hours", "24"), ("Language", language));
        return (admin, password, new Uri(page.Document.QuerySelector("[data-made-link]")!.TextContent));
    }
}
