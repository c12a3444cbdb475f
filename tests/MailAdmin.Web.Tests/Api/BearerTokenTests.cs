using System.Net;
using System.Security.Cryptography;
using System.Text;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Web.Tests.Commands;
using MailAdmin.Web.Tests.Provisioning;
using MailAdmin.Web.Tests.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace MailAdmin.Web.Tests.Api;

public sealed class BearerTokenTests : IDisposable
{
    private const string Accounts = "/api/v1/domains/exemple.be/accounts";

    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private readonly PanelApplication _panel;

    public BearerTokenTests() => _panel = new(_clock);

    public void Dispose() => _panel.Dispose();

    [Fact]
    public async Task A_token_is_accepted_until_it_expires()
    {
        var token = await StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(token)).StatusCode);
        _clock.Advance(TimeSpan.FromDays(89));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(token)).StatusCode);
        _clock.Advance(TimeSpan.FromDays(2));
        await RefusedAsync(token);
    }

    [Fact]
    public async Task A_token_of_a_stopped_admin_is_refused_and_one_of_a_deleted_admin_is_gone()
    {
        var token = await StartAsync();

        await _panel.ChangeAdminAsync("luc", a => a.IsActive = false);
        await RefusedAsync(token);
        await _panel.ChangeAdminAsync("luc", a => a.IsActive = true);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(token)).StatusCode);
        var luc = (await _panel.Get<SessionRepository>().FindAdminAsync("luc"))!;
        await _panel.Get<AdminService>().DeleteAsync(luc.Id, luc.ConcurrencyStamp, Actor.Panel);
        await RefusedAsync(token);
        Assert.Empty(await _panel.Get<AdminTokenRepository>().ListAsync(Token));
    }

    [Fact]
    public async Task The_command_line_makes_lists_and_revokes_tokens()
    {
        await StartAsync();

        var made = (await _panel.RunAsync("tokens", "create", "LUC", "export", "--json")).Ends(0).Json;
        var token = (string)made["token"]!;
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(token)).StatusCode);
        (await _panel.RunAsync("tokens", "create", "luc", "export")).Ends(1);
        (await _panel.RunAsync("tokens", "create", "luc", "no spaces")).Ends(1);
        (await _panel.RunAsync("tokens", "create", "luc", "long", "--days", "4000")).Ends(1);
        var listed = (await _panel.RunAsync("tokens", "--json")).Ends(0);
        Assert.Equal(["billing", "export"], listed.Json["tokens"]!.AsArray().Select(t => (string)t!["name"]!));
        Assert.DoesNotContain(token[20..], listed.Output, StringComparison.Ordinal);

        (await _panel.RunAsync("tokens", "revoke", "luc", "export")).Ends(0);
        await RefusedAsync(token);
        (await _panel.RunAsync("tokens", "revoke", "luc", "export")).Ends(1);
        Assert.Equal(["admin.token-revoked", "admin.token-created"], (await _panel.EventsAsync()).Take(2).Select(e => e.Kind));
    }

    [Fact]
    public async Task The_database_and_the_audit_have_only_the_hash_and_the_last_use_is_seen()
    {
        var token = await StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(token)).StatusCode);

        await using var context = _panel.Get<MailDatabase>().Open();
        var row = await context.AdminTokens.SingleAsync(Token);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(token))), row.Hash);
        Assert.Equal(_clock.GetUtcNow(), row.UsedAt);
        var audit = await context.AuditEvents.Select(e => e.After ?? "").ToListAsync(Token);
        Assert.DoesNotContain(audit, a => a.Contains(token[20..], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Wrong_tokens_wait_longer_and_longer_and_the_right_one_never_does()
    {
        var right = await StartAsync();
        for (var n = 0; n < 3; n++) await RefusedAsync("mailadmin_wrong");

        var fourth = AskAsync("mailadmin_wrong");
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(right)).StatusCode);
        Assert.False(fourth.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(HttpStatusCode.Unauthorized, (await fourth).StatusCode);
    }

    private async Task RefusedAsync(string token)
    {
        var answer = await AskAsync(token);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer error=\"invalid_token\"", answer.Headers.WwwAuthenticate.ToString());
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    private Task<HttpResponseMessage> AskAsync(string token)
    {
        var client = _panel.CreateClient(new() { HandleCookies = false, AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client.GetAsync(Accounts, Token);
    }

    private async Task<string> StartAsync()
    {
        await _panel.SignedInAsync();
        await _panel.AddAdminAsync("luc", AdminRole.DomainAdmin, await _panel.AddDomainAsync());
        return await _panel.AddTokenAsync("luc");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
