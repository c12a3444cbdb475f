using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Passwords;
using MailAdmin.Sandbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.EndToEnd.Tests.Faults;

/// <summary>Creates many accounts at once, like another process of the installation.</summary>
internal static class BulkAccounts
{
    public static async Task CreateAsync(MailSandbox sandbox, string domain, int count)
    {
        await using var services = Services(sandbox);
        await using var context = services.GetRequiredService<MailDatabase>().Open();
        var id = await context.Domains.Where(d => d.Name == DomainName.Parse(domain)).Select(d => d.Id).SingleAsync();
        var accounts = services.GetRequiredService<AccountService>();
        foreach (var n in Enumerable.Range(1, count))
        {
            var made = await accounts.CreateAsync(
                new NewAccount(id, LocalPart.Parse($"u{n}"), new Quota(1_000), OwnExample.Password, OwnExample.Password), Actor.Panel);
            Assert.True(made.Succeeded);
        }
    }

    /// <summary>The number of the domain's accounts that have their mailbox.</summary>
    public static async Task<int> ReadyAsync(MailSandbox sandbox, string domain)
    {
        await using var services = Services(sandbox);
        await using var context = services.GetRequiredService<MailDatabase>().Open();
        return await context.Accounts.CountAsync(a => a.Domain!.Name == DomainName.Parse(domain) && a.MailboxReady);
    }

    private static ServiceProvider Services(MailSandbox sandbox)
    {
        var options = new DatabaseOptions
        {
            File = sandbox.Folder.Database,
            StoreName = DomainName.Parse("store.sandbox.test"),
            StoreNextHop = "unused"
        };
        return new ServiceCollection().AddMailAdminCore(options, new PasswordOptions { Cost = 4 }).BuildServiceProvider();
    }
}
