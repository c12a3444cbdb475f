using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Passwords;
using MailAdmin.Sandbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.EndToEnd.Tests.Routing;

/// <summary>Changes an account's state as another process of the installation would.</summary>
internal static class Accounts
{
    public static Task SuspendAsync(MailSandbox sandbox, string username) => SetAsync(sandbox, username, AccountState.Suspended);

    public static Task ResumeAsync(MailSandbox sandbox, string username) => SetAsync(sandbox, username, AccountState.Active);

    private static async Task SetAsync(MailSandbox sandbox, string username, AccountState state)
    {
        var options = new DatabaseOptions
        {
            File = sandbox.Folder.Database,
            StoreName = DomainName.Parse("store.sandbox.test"),
            StoreNextHop = "unused"
        };
        await using var services = new ServiceCollection().AddMailAdminCore(options, new PasswordOptions()).BuildServiceProvider();
        await services.GetRequiredService<MailDatabase>().WriteAsync(Actor.Panel, async write =>
            (await write.Context.Accounts.SingleAsync(a => a.Username == Username.Parse(username))).State = state);
    }
}
