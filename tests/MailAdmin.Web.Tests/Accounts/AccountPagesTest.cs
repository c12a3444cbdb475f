using MailAdmin.Core.Accounts;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Web.Tests.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace MailAdmin.Web.Tests.Accounts;

/// <summary>A panel with one domain and one account, and the addresses of its pages.</summary>
public abstract class AccountPagesTest : IAsyncDisposable
{
    private protected const string List = "/domains/exemple.be/accounts";
    private protected const string Account = List + "/exemple0001";

    private protected readonly PanelApplication _panel = new(new FakeTimeProvider(DateTimeOffset.Parse("2026-11-25T09:41:00Z")));

    public ValueTask DisposeAsync()
    {
        _panel.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private protected async Task<Browser> StartAsync()
    {
        var browser = await _panel.SignedInAsync();
        await _panel.AddAccountAsync(await _panel.AddDomainAsync(), "gugus.dupont");
        return browser;
    }

    private protected async Task<MailDomain> DomainAsync() =>
        (await _panel.Get<DomainRepository>().FindAsync(DomainName.Parse("exemple.be")))!.Domain;

    private protected async Task<Core.Accounts.Account> AccountAsync()
    {
        await using var context = _panel.Get<MailDatabase>().Open();
        return await context.Accounts.SingleAsync(a => a.Username == Username.Parse("exemple0001"));
    }
}
