using MailAdmin.Core.Accounts;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Web.Features.Accounts;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Tests.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace MailAdmin.Web.Tests.Accounts;

/// <summary>A panel with a clock of its own, and how the list of accounts is read.</summary>
public abstract class AccountListTest : IAsyncDisposable
{
    private protected readonly FakeTimeProvider _clock = new(DateTimeOffset.Parse("2026-11-25T09:41:00Z"));
    private protected readonly PanelApplication _panel;

    protected AccountListTest() => _panel = new(_clock);

    public ValueTask DisposeAsync()
    {
        _panel.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private protected static string Spaced(string text) => string.Concat(text.Select(c => char.IsWhiteSpace(c) ? ' ' : c));

    private protected async Task FillAsync(Core.Domains.MailDomain domain, int count, int aliases) =>
        await _panel.Get<MailDatabase>().ExecuteWithoutAuditAsync(context =>
    {
        for (var i = 1; i <= count; i++)
        {
            var account = new Account
            {
                DomainId = domain.Id,
                Username = Username.Numbered(domain.Prefix, i),
                PasswordHash = "none",
                MailboxReady = true
            };
            account.Addresses.Add(new() { DomainId = domain.Id, LocalPart = Core.Addresses.LocalPart.Parse($"r&d{i}"), IsPrimary = true });
            context.Accounts.Add(account);
        }
        for (var i = 1; i <= aliases; i++) context.Addresses.Add(
            new() { DomainId = domain.Id, LocalPart = Core.Addresses.LocalPart.Parse($"liste{i}") });
        return Task.FromResult(true);
    });

    private protected static async Task<List<WebPage>> WalkAsync(Browser browser, WebPage page, string direction)
    {
        List<WebPage> pages = [page];
        while (pages[^1].Document.QuerySelector($"a[rel={direction}]")?.GetAttribute("href") is { } link)
            pages.Add(await browser.GetAsync("/domains/exemple.be/accounts" + link));
        return pages;
    }

    private protected static IEnumerable<string> Usernames(WebPage page) => page.Document.QuerySelectorAll("tbody code").Select(c => c.TextContent);

    private protected static async Task<IEnumerable<string>> RemarksAsync(Browser browser) =>
        (await browser.GetAsync("/domains/exemple.be/accounts")).Document.QuerySelectorAll("td:first-child .two")
            .Select(r => r.TextContent);
}
