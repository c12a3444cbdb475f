using System.Diagnostics;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Drift;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Passwords;
using MailAdmin.EndToEnd.Tests.Faults;
using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.EndToEnd.Tests.Vacations;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Provisioning.Sieve;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.EndToEnd.Tests.Drift;

/// <summary>The classes that share one <see cref="DriftHost"/>.</summary>
[CollectionDefinition(Name)]
public sealed class DriftCollection : ICollectionFixture<DriftHost>
{
    public const string Name = "Drift";
}

/// <summary>A sandbox in which tests make differences in Cyrus and in the maps by hand.</summary>
public sealed class DriftHost : OwnExample
{
    private ServiceProvider? _services;

    private ServiceProvider Services => _services ??= new ServiceCollection()
        .AddMailAdminCore(
            new DatabaseOptions
            {
                File = Sandbox.Folder.Database,
                StoreName = DomainName.Parse("store.sandbox.test"),
                StoreNextHop = "unused"
            }, new PasswordOptions())
        .BuildServiceProvider();

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    /// <summary>Adds an account to exemple.be and waits until its mailbox is in place.</summary>
    public async Task<Account> AddAccountAsync(string localPart)
    {
        MailDomain domain = null!;
        await Get<MailDatabase>().WriteAsync(Actor.Panel, async write =>
        {
            domain = await write.Context.Domains.SingleAsync(d => d.Name == DomainName.Parse("exemple.be"));
            domain.MaxAccounts = null;
        });
        var account = VacationHost.Done(
            await Get<AccountService>()
                .CreateAsync(new NewAccount(domain.Id, LocalPart.Parse(localPart), new Quota(1000), Password, Password), Actor.Panel));
        await SettledAsync();
        return account;
    }

    /// <summary>Waits until no job is left and the maps are written.</summary>
    public Task SettledAsync() => Eventually.HoldsAsync(async () =>
    {
        await using var context = Get<MailDatabase>().Open();
        Assert.Empty(
            await context.Jobs.Where(
                t => t.Kind == JobKind.Mailbox || t.Kind == JobKind.Removal || t.Kind == JobKind.Script
                || t.Kind == JobKind.ScriptAside || t.Kind == JobKind.ForeignRights).Select(t => $"{t.Kind} {t.LastError}")
                    .ToListAsync());
        var last = await context.MapEntries.MaxAsync(e => e.Sequence);
        Assert.True(await context.MapFollowers.AllAsync(f => f.Position >= last));
    }, TimeSpan.FromSeconds(30));

    /// <summary>Makes the panel compare everything, as its page does.</summary>
    public async Task<IReadOnlyList<DriftFinding>> CompareAsync()
    {
        var drift = Get<DriftRepository>();
        await Eventually.HoldsAsync(
            async () => Assert.True(await drift.LatestAsync() is null or { FinishedAt: not null }), TimeSpan.FromSeconds(30));
        await drift.RequestAsync();
        await Eventually.HoldsAsync(async () => Assert.NotNull((await drift.LatestAsync())?.FinishedAt), TimeSpan.FromSeconds(30));
        var run = (await drift.LatestAsync())!;
        Assert.True(run.Phase == DriftPhase.Finished, run.Error);
        return (await drift.ListAsync(run.Id, null, 0, 1_000)).Page.Rows;
    }

    public async Task RepairAsync(DriftFinding finding, DriftRepair repair)
    {
        var result = await Get<DriftService>().RepairAsync(finding.Id, repair, Actor.Panel);
        Assert.True(result.Succeeded, string.Join(", ", result.Problems.Select(p => p.Code)));
        await SettledAsync();
    }

    /// <summary>Activates another script, or none, like a user's own program.</summary>
    public Task ActivateAsync(Account account, string script) =>
        WithScriptsAsync(account, client => client.SetActiveAsync(script, TestContext.Current.CancellationToken));

    /// <summary>Writes a script and activates it, like a user's own program.</summary>
    public Task WriteScriptAsync(Account account, string script) => WithScriptsAsync(account, async client =>
    {
        await client.PutScriptAsync("perso", script + "\r\n", TestContext.Current.CancellationToken);
        await client.SetActiveAsync("perso", TestContext.Current.CancellationToken);
    });

    /// <summary>The names of the user's scripts; the active one has a star.</summary>
    public async Task<string> ScriptsOfAsync(Account account)
    {
        var names = "";
        await WithScriptsAsync(account, async client =>
            names = string.Join(
                ' ', (await client.ListScriptsAsync(TestContext.Current.CancellationToken)).Select(s => s.Name + (s.IsActive ? "*" : ""))));
        return names;
    }

    private async Task WithScriptsAsync(Account account, Func<ManageSieveClient, Task> work)
    {
        var admin = Sandbox.Description.CyrusAdmin;
        await using var client = await ManageSieveClient.SignInAsync(
            new SieveOptions { Host = "127.0.0.1", Port = Sandbox.Ports.Sieve, StartTls = false },
            new CyrusOptions { AdminUser = admin.User, AdminPassword = admin.Password }, TimeProvider.System, account.Username,
            TestContext.Current.CancellationToken);
        await work(client);
    }

    /// <summary>Sends commands to Cyrus as its administrator.</summary>
    public Task ImapAsync(params string[] commands) =>
        ImapAsAsync(Sandbox.Description.CyrusAdmin.User, Sandbox.Description.CyrusAdmin.Password, commands);

    /// <summary>Sends commands to Cyrus as any user.</summary>
    /// <returns>The result of each command.</returns>
    public async Task<IReadOnlyList<string>> ImapAsAsync(string user, string password, params string[] commands)
    {
        var ends = new List<string>();
        using var imap = await LineSession.OpenAsync(Sandbox.Ports.Imap);
        foreach (var command in commands.Prepend($"LOGIN {user} {password}"))
        {
            var line = await imap.SendAsync("a " + command);
            for (; !line.StartsWith("a ", StringComparison.Ordinal); line = await imap.ReadAsync()) Assert.StartsWith(
                "*", line, StringComparison.Ordinal);
            ends.Add(line[2..]);
        }
        return [.. ends.Skip(1)];
    }

    /// <summary>Runs <c>mailadmin</c> like a user at a terminal.</summary>
    public Task<(int Code, string Output)> CommandAsync(params string[] arguments) => CommandAsync(Sandbox.Folder.PanelSettings, arguments);

    public static async Task<(int Code, string Output)> CommandAsync(string settings, string[] arguments)
    {
        var start = new ProcessStartInfo(
            "dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "mailadmin.dll"), .. arguments, "--settings", settings])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LC_ALL"] = "en_GB.UTF-8";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync() + await errors;
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }

    /// <summary>Changes a compiled map without the follower.</summary>
    public async Task PostmapAsync(string map, string input, params string[] how)
    {
        string[] arguments = ["-c", Sandbox.Postfix.ConfigurationPath, .. how, $"lmdb:{Path.Combine(Sandbox.Folder.Maps, map)}"];
        using var process = Process.Start(
            new ProcessStartInfo("/usr/sbin/postmap", arguments) { UseShellExecute = false, RedirectStandardInput = true })!;
        await process.StandardInput.WriteLineAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }
}
