using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Passwords;
using MailAdmin.Sandbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.EndToEnd.Tests.Faults;

/// <summary>Sets a catch-all as another process of the installation would, whatever the state of the panel is.</summary>
internal static class CatchAll
{
    public static async Task SetAsync(MailSandbox sandbox, string domain, string? username)
    {
        var options = new DatabaseOptions
        {
            File = sandbox.Folder.Database,
            StoreName = DomainName.Parse("store.sandbox.test"),
            StoreNextHop = "unused"
        };
        await using var services = new ServiceCollection().AddMailAdminCore(options, new PasswordOptions()).BuildServiceProvider();
        await services.GetRequiredService<MailDatabase>().WriteAsync(Actor.Panel, async write =>
        {
            var row = await write.Context.Domains.SingleAsync(d => d.Name == DomainName.Parse(domain));
            var holder = username is null ? null : await write.Context.Accounts.SingleAsync(a => a.Username == Username.Parse(username));
            row.CatchAllAccountId = holder?.Id;
        });
    }
}
