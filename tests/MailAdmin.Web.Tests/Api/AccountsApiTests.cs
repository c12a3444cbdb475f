using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Web.Tests.Provisioning;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Api;

public sealed class AccountsApiTests : IAsyncLifetime
{
    private const string Accounts = "/api/v1/domains/exemple.be/accounts";

    private readonly PanelApplication _panel = new();
    private HttpClient _client = null!;
    private MailDomain _domain = null!;

    public async ValueTask InitializeAsync()
    {
        await _panel.SignedInAsync();
        _domain = await _panel.AddDomainAsync();
        await _panel.AddAdminAsync("luc", AdminRole.DomainAdmin, _domain);
        foreach (var name in (string[])["gugus.dupont", "lea", "anna"]) await _panel.AddAccountAsync(_domain, name);
        _client = With(await _panel.AddTokenAsync("luc"));
    }

    public ValueTask DisposeAsync()
    {
        _panel.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Pages_of_a_domains_accounts_follow_one_another_and_miss_nothing_that_was_there()
    {
        var seen = new List<string>();
        for (string? next = Accounts + "?limit=1"; next is not null;)
        {
            var page = await GetAsync(next);
            seen.AddRange(page["accounts"]!.AsArray().Select(a => (string)a!["addresses"]![0]!));
            // An account that is added before the position moves nobody to another page.
            if (seen.Count == 1) await _panel.AddAccountAsync(_domain, "aaron");
            next = (string?)page["next"];
        }
        Assert.Equal(["anna@exemple.be", "gugus.dupont@exemple.be", "lea@exemple.be"], seen);
    }

    [Fact]
    public async Task An_account_has_the_fields_of_its_contract_and_no_others()
    {
        var account = await GetAsync(Accounts + "/exemple0001");

        Assert.Equal(
            ["username", "addresses", "quotaKiB", "state", "mailboxReady", "createdAt", "lastLoginAt", "version"],
            account.AsObject().Select(f => f.Key));
        Assert.Equal(
            ("exemple0001", 25_000, "active"),
            ((string)account["username"]!, (long)account["quotaKiB"]!, (string)account["state"]!));
    }

    [Fact]
    public async Task A_quota_is_set_and_the_audit_names_the_token()
    {
        var answer = await _client.PutAsJsonAsync(Accounts + "/exemple0001/quota", new { quotaKiB = 20_000 }, Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var found = await _panel.Get<AccountRepository>().FindAsync(_domain, "exemple0001");
        Assert.Equal(new Quota(20_000), found!.Quota);
        Assert.Equal(("account.quota-changed", "luc (token billing)"), (await _panel.EventsAsync())[0]);
    }

    [Theory]
    [InlineData("""{"quotaKiB":0}""", HttpStatusCode.UnprocessableEntity, "QuotaZero")]
    [InlineData("""{"quotaKiB":20000,"version":99}""", HttpStatusCode.Conflict, "ChangedMeanwhile")]
    [InlineData("{}", HttpStatusCode.BadRequest, null)]
    [InlineData("""{"quotaKiB":"many"}""", HttpStatusCode.BadRequest, null)]
    [InlineData("not JSON", HttpStatusCode.BadRequest, null)]
    public async Task What_cannot_be_set_is_told_as_problem_details(string body, HttpStatusCode status, string? code)
    {
        var answer = await _client.PutAsync(
            Accounts + "/exemple0001/quota", new StringContent(body, System.Text.Encoding.UTF8, "application/json"), Token);

        Assert.Equal((status, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        var details = await answer.Content.ReadAsStringAsync(Token);
        if (code is not null) Assert.Contains($"\"{code}\"", details, StringComparison.Ordinal);
        Assert.Equal(new Quota(25_000), (await _panel.Get<AccountRepository>().FindAsync(_domain, "exemple0001"))!.Quota);
    }

    [Fact]
    public async Task What_is_not_there_or_not_the_admins_is_told_as_problem_details_too()
    {
        await _panel.AddDomainAsync("voisin.example", "voisin");
        foreach (var url in (string[])[Accounts + "/exemple9999", "/api/v1/domains/voisin.example/accounts", "/api/v1/nothing"])
        {
            var answer = await _client.GetAsync(url, Token);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        }
    }

    [Fact]
    public async Task A_cookie_changes_nothing_without_an_antiforgery_token_not_even_beside_a_wrong_bearer()
    {
        var browser = await _panel.SignInAsync("luc");
        var page = await browser.GetAsync("/settings");
        var client = _panel.CreateClient(new() { HandleCookies = false, AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Add("Cookie", page.Response.RequestMessage!.Headers.GetValues("Cookie").Single());

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(Accounts, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await PutAsync(client)).StatusCode);
        client.DefaultRequestHeaders.Authorization = new("Bearer", "wrong");
        Assert.Equal(HttpStatusCode.Unauthorized, (await PutAsync(client)).StatusCode);
        Assert.Equal(new Quota(25_000), (await _panel.Get<AccountRepository>().FindAsync(_domain, "exemple0001"))!.Quota);
    }

    private static Task<HttpResponseMessage> PutAsync(HttpClient client) =>
        client.PutAsJsonAsync(Accounts + "/exemple0001/quota", new { quotaKiB = 20_000 }, Token);

    private async Task<JsonNode> GetAsync(string url)
    {
        var answer = await _client.GetAsync(url, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(Token))!;
    }

    private HttpClient With(string token)
    {
        var client = _panel.CreateClient(new() { HandleCookies = false, AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
