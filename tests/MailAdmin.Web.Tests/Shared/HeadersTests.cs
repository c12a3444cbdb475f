using System.Net;
using MailAdmin.Core.Admins;
using MailAdmin.Provisioning.Doctor;
using MailAdmin.Web.Features.Setup;
using MailAdmin.Web.Hosting;
using Microsoft.AspNetCore.Hosting;

namespace MailAdmin.Web.Tests.Shared;

public sealed class HeadersTests : IDisposable
{
    private readonly PanelApplication _panel = new();

    public void Dispose() => _panel.Dispose();

    [Theory]
    [InlineData("/domains")]
    [InlineData("/nothing")]
    [InlineData("/health")]
    public async Task Every_answer_tells_the_browser_what_to_refuse(string path)
    {
        var page = await (await _panel.SignedInAsync()).GetAsync(path);

        var policy = page.Response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", page.Response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("same-origin", page.Response.Headers.GetValues("Referrer-Policy").Single());
        Assert.False(page.Response.Headers.Contains("Server"));
    }

    [Fact]
    public async Task Pages_are_not_kept_by_the_browser()
    {
        var page = await (await _panel.SignedInAsync()).GetAsync("/domains");

        Assert.Contains("no-store", page.Response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_page_holds_a_script_or_a_style_of_its_own()
    {
        var browser = await _panel.SignedInAsync();
        await _panel.AddAccountAsync(await _panel.AddDomainAsync(), "gugus.dupont");

        foreach (
            var path in new[] { "/domains", "/domains/new", "/domains/exemple.be/accounts", "/domains/exemple.be/accounts/new",
            "/domains/exemple.be/accounts/exemple0001", "/admins", "/admins/new", "/admins/1", "/settings", "/settings/sessions",
            "/settings/second-factor", "/security", "/hoster", "/nothing" })
        {
            var document = (await browser.GetAsync(path)).Document;
            Assert.Empty(document.QuerySelectorAll("style, [style], script:not([src])"));
            Assert.DoesNotContain(document.All, e => e.Attributes.Any(a => a.Name.StartsWith("on", StringComparison.Ordinal)));
        }
    }

    [Fact] // A17
    public async Task Over_https_cookies_belong_to_this_host_alone_and_other_hosts_are_refused()
    {
        await using var panel = new PanelApplication { Settings = { ["PublicUrl"] = "https://panel.example" } };
        await panel.Get<AdminService>().CreateFirstAsync("jens", PanelApplication.Password, PanelApplication.Password, null, null);
        panel.Get<SetupGate>().Close();
        var client = panel.CreateClient(new() { AllowAutoRedirect = false, BaseAddress = new Uri("https://panel.example") });
        var page = await new Browser(client, "fr").SubmitAsync("/sign-in", ("Name", "jens"), ("Password", PanelApplication.Password));

        Assert.All(page.Response.Headers.GetValues("Set-Cookie"), cookie =>
        {
            Assert.StartsWith("__Host-mailadmin", cookie, StringComparison.Ordinal);
            Assert.Contains("path=/;", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
        });
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await panel.CreateClient(new() { BaseAddress = new Uri("https://evil.example") })
                .GetAsync("/sign-in", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(
            HttpStatusCode.OK,
            (await panel.CreateClient(new() { BaseAddress = new Uri("http://127.0.0.1") })
                .GetAsync("/health", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact] // A12
    public async Task A_proxy_that_is_not_named_is_noted_and_a_named_one_is_not()
    {
        await _panel.SignedInAsync();
        await using var behind = new PanelApplication { IsBehindProxy = true };
        await behind.SignedInAsync();
        foreach (var panel in (PanelApplication[])[_panel, behind])
        {
            var client = panel.CreateClient();
            client.DefaultRequestHeaders.Add("X-Forwarded-For", "198.51.100.7");
            await client.GetAsync("/sign-in", TestContext.Current.CancellationToken);
        }
        Assert.Null(behind.Get<UnnamedProxies>().Seen);
        var unnamed = new UnnamedProxies();
        Assert.True(unnamed.Note(IPAddress.Parse("192.0.2.9")));
        Assert.False(unnamed.Note(IPAddress.Parse("192.0.2.10")));
        Assert.Equal("192.0.2.9", unnamed.Seen!.ToString());
    }

    [Fact] // C116
    public async Task Cookies_are_closed_to_scripts_and_other_sites()
    {
        await _panel.SignedInAsync();
        var client = _panel.CreateClient(new() { AllowAutoRedirect = false });
        var page = await new Browser(client, "fr").SubmitAsync("/sign-in", ("Name", "jens"), ("Password", PanelApplication.Password));

        var cookie = page.Response.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("mailadmin=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("expires=", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact] // C116
    public async Task Behind_tls_cookies_are_secure_and_the_browser_is_told_to_stay_there()
    {
        await using var panel = _panel.WithWebHostBuilder(b => b.UseSetting("MailAdmin:PublicUrl", "https://panel.example.org"));
        var client = panel.CreateClient(new() { BaseAddress = new Uri("https://panel.example.org") });
        var page = await new Browser(client, "fr").GetAsync("/setup");

        Assert.All(page.Response.Headers.GetValues("Set-Cookie"), c => Assert.Contains("secure", c, StringComparison.OrdinalIgnoreCase));
        Assert.Contains("max-age", page.Response.Headers.GetValues("Strict-Transport-Security").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stylesheet_scripts_and_icon_are_served_whole()
    {
        var browser = await _panel.SignedInAsync();
        var document = (await browser.GetAsync("/domains")).Document;
        var paths = document.QuerySelectorAll("link[href]").Select(l => l.GetAttribute("href")!)
            .Append(document.QuerySelector("script")!.GetAttribute("src")!);

        foreach (
            var path in paths.Append("/js/menus.js").Append("/js/prefix.js").Append("/js/generate.js").Append("/js/once.js")
                .Append("/js/search.js").Append("/js/passkeys.js"))
        {
            var response = await browser.Client.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.NotEmpty(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Health_answers_to_anybody() =>
        Assert.Equal("ok", await _panel.CreateClient().GetStringAsync("/health", TestContext.Current.CancellationToken));

    [Fact]
    public void The_token_of_the_set_up_link_is_not_logged()
    {
        Assert.Equal("/setup/…", Logs.PageOf("/setup/0123456789abcdef"));
        Assert.Equal("/setup/…", Logs.PageOf("/SETUP/0123456789abcdef"));
        Assert.Equal("/password-link/…", Logs.PageOf("/password-link/0123456789abcdef"));
        Assert.Equal("/domains", Logs.PageOf("/domains"));
    }
}
