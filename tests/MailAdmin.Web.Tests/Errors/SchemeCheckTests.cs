using System.Net;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Errors;

/// <summary>S9: a proxy that does not say that the browser came over https.</summary>
public sealed class SchemeCheckTests
{
    private const string Address = "https://panel.example";

    [Theory]
    [InlineData("/setup")]
    [InlineData("/sign-in")]
    [InlineData("/nothing")]
    public async Task A_page_over_http_says_what_the_proxy_has_to_send(string path)
    {
        await using var panel = new PanelApplication { Settings = { ["PublicUrl"] = Address }, IsBehindProxy = true };
        var client = panel.CreateClient(new() { BaseAddress = new Uri("http://panel.example") });

        var page = await new Browser(client, "en").GetAsync(path);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, page.Status);
        Assert.Contains($"The panel’s address is {Address}", page.Text, StringComparison.Ordinal);
        Assert.Contains("X-Forwarded-Proto", page.Text, StringComparison.Ordinal);
        Assert.Contains($"{ProxyFilter.Address} under Proxies", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_that_sends_it_and_is_not_listed_is_named()
    {
        await using var panel = new PanelApplication { Settings = { ["PublicUrl"] = Address } };
        var client = panel.CreateClient(new() { BaseAddress = new Uri("http://panel.example") });
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        var page = await new Browser(client, "de").GetAsync("/setup");

        Assert.Equal(HttpStatusCode.MisdirectedRequest, page.Status);
        Assert.Contains("vertraut ihm aber nicht", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listed_proxy_that_sends_it_gets_the_page()
    {
        await using var panel = new PanelApplication { Settings = { ["PublicUrl"] = Address }, IsBehindProxy = true };
        var client = panel.CreateClient(new() { BaseAddress = new Uri("http://panel.example") });
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "198.51.100.7");

        Assert.Equal(HttpStatusCode.OK, (await new Browser(client, "fr").GetAsync("/setup")).Status);
    }
}
