using System.Net;
using System.Text.RegularExpressions;
using MailAdmin.Core.Admins;
using MailAdmin.Web.Tests.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;

namespace MailAdmin.Web.Tests.Domains;

public sealed partial class DomainScopeTests : IDisposable
{
    private readonly PanelApplication _panel = new();

    public void Dispose() => _panel.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("/settings")]
    [InlineData("/accounts")]
    [InlineData("/accounts/new")]
    [InlineData("/accounts/voisin0001")]
    [InlineData("/accounts/voisin0001/password")]
    [InlineData("/aliases")]
    [InlineData("/aliases/new")]
    [InlineData("/aliases/2")]
    [InlineData("/aliases/2/delete")]
    public async Task A_foreign_domain_and_an_unknown_one_get_the_same_answer(string rest)
    {
        var browser = await DomainAdminAsync();

        var foreign = await browser.GetAsync("/domains/voisin.example" + rest);
        var unknown = await browser.GetAsync("/domains/unknown.example" + rest);

        Assert.Equal(HttpStatusCode.NotFound, foreign.Status);
        Assert.Equal(HttpStatusCode.NotFound, unknown.Status);
        Assert.Equal(Comparable(unknown.Html, "unknown.example"), Comparable(foreign.Html, "voisin.example"));
    }

    [Theory]
    [InlineData("/accounts/new")]
    [InlineData("/accounts/voisin0001/password")]
    [InlineData("/aliases/new")]
    [InlineData("/aliases/2")]
    [InlineData("/aliases/2/delete")]
    [InlineData("/aliases/2/destinations/delete")]
    public async Task Nothing_is_changed_in_a_foreign_domain(string rest)
    {
        var browser = await DomainAdminAsync();
        var token = Browser.ValuesOf(
            (AngleSharp.Html.Dom.IHtmlFormElement)(await browser.GetAsync("/domains/exemple.be/aliases/new")).Document.QuerySelector(
                "main form")!);

        Assert.Equal(HttpStatusCode.NotFound, (await browser.PostAsync("/domains/voisin.example" + rest, token)).Status);
    }

    [Fact]
    public async Task An_alias_or_account_of_another_domain_is_not_found_below_ones_own()
    {
        var browser = await DomainAdminAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/domains/exemple.be/accounts/voisin0001")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/domains/exemple.be/aliases/2")).Status);
    }

    [Fact]
    public async Task Support_sees_and_resets_passwords_and_changes_nothing_else()
    {
        await DomainAdminAsync();
        var domain = (await _panel.Get<Core.Domains.DomainRepository>().FindAsync(Core.Domains.DomainName.Parse("exemple.be")))?.Domain;
        await _panel.AddAccountAsync(domain!, "gugus.dupont");
        await _panel.AddAdminAsync("sam", AdminRole.Support, domain!);
        var browser = await _panel.SignInAsync("sam");

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/domains/exemple.be/accounts/exemple0001/password")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync("/domains/exemple.be/accounts/new")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync("/domains/exemple.be/aliases/new")).Status);
        Assert.Null((await browser.GetAsync("/domains/exemple.be/accounts")).Document.QuerySelector("a[href$='/accounts/new']"));
    }

    [Fact]
    public async Task Pages_for_everybody_are_these_and_no_others()
    {
        await _panel.SignedInAsync();
        var open = _panel.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e =>
                e.Metadata.GetMetadata<ControllerActionDescriptor>() is not null && e.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/')).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(
            [
                "/errors/{status:int:range(400,599)}", "/hoster/logo", "/language", "/password-link/{token}", "/setup", "/setup/{token}",
                "/sign-in", "/sign-in/passkey", "/sign-in/passkey/options",
                "/sign-in/second-step",
            ],
            open);
    }

    private async Task<Browser> DomainAdminAsync()
    {
        await _panel.SignedInAsync();
        var own = await _panel.AddDomainAsync();
        var foreign = await _panel.AddDomainAsync("voisin.example", "voisin");
        await _panel.AddAccountAsync(foreign, "pascal");
        await _panel.Get<Core.Aliases.AliasService>()
            .CreateAsync(foreign.Id, Core.Addresses.LocalPart.Parse("info"), ["pascal@voisin.example"], Actor.Panel);
        await _panel.AddAdminAsync("luc", AdminRole.DomainAdmin, own);
        return await _panel.SignInAsync("luc");
    }

    // Removes tokens, which differ each time, and the domain that the admin asked for.
    private static string Comparable(string html, string domain) =>
        Tokens().Replace(html, "").Replace(domain, "", StringComparison.Ordinal);

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Tokens();
}
