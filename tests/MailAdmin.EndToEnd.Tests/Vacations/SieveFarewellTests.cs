using System.Text;
using MailAdmin.Core.Accounts;
using MailAdmin.EndToEnd.Tests.Faults;
using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Provisioning.Sieve;

namespace MailAdmin.EndToEnd.Tests.Vacations;

/// <summary>timsieved 3.6 crashes if a signed-in client disconnects without LOGOUT.</summary>
public sealed class SieveFarewellTests(OwnExample example) : IClassFixture<OwnExample>
{
    private const string Crash = "signaled to death by signal 11";

    [Fact]
    public async Task Whatever_was_refused_or_broken_off_the_server_is_left_with_a_word()
    {
        await AskAsync((_, _) => Task.CompletedTask);
        await RefusedAsync(async (client, token) => await client.GetScriptAsync("none", token));
        await RefusedAsync((client, token) => client.CheckScriptAsync("bogus\r\n", token));
        await RefusedAsync((client, token) => client.PutScriptAsync("bad", "bogus\r\n", token));
        // The command is canceled while the server still has to answer.
        await AskAsync(async (client, _) =>
        {
            using var now = new CancellationTokenSource();
            var asked = client.ListScriptsAsync(now.Token);
            await now.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                await asked;
                now.Token.ThrowIfCancellationRequested();
            });
        });

        // A client that disconnects without LOGOUT comes last. When its crash is in the log, everything from before is in the log as well.
        await LeaveRudelyAsync();
        await Eventually.HoldsAsync(async () => Assert.Equal(1, await CrashesAsync()));
    }

    private async Task LeaveRudelyAsync()
    {
        var admin = example.Sandbox.Description.CyrusAdmin;
        using var sieve = await LineSession.OpenAsync(example.Sandbox.Ports.Sieve);
        while (!(await sieve.ReadAsync()).StartsWith("OK", StringComparison.Ordinal)) { }
        Assert.StartsWith(
            "OK", await sieve.SendAsync(
                $"AUTHENTICATE \"PLAIN\" \"{Convert.ToBase64String(Encoding.UTF8.GetBytes($"exemple0001\0{admin.User}\0{admin.Password}"))}\""));
    }

    private async Task<int> CrashesAsync() =>
        (await File.ReadAllLinesAsync(example.Sandbox.Folder.CyrusLog, TestContext.Current.CancellationToken))
            .Count(l => l.Contains(Crash, StringComparison.Ordinal));

    private Task RefusedAsync(Func<ManageSieveClient, CancellationToken, Task> ask) =>
        AskAsync((client, token) => Assert.ThrowsAsync<SieveRefusedException>(() => ask(client, token)));

    private async Task AskAsync(Func<ManageSieveClient, CancellationToken, Task> ask)
    {
        var (sandbox, admin, token) = (example.Sandbox, example.Sandbox.Description.CyrusAdmin, TestContext.Current.CancellationToken);
        await using var client = await ManageSieveClient.SignInAsync(
            new SieveOptions { Host = "127.0.0.1", Port = sandbox.Ports.Sieve, StartTls = false },
            new CyrusOptions { AdminUser = admin.User, AdminPassword = admin.Password }, TimeProvider.System, Username.Parse("exemple0001"),
            token);
        await ask(client, token);
    }
}
