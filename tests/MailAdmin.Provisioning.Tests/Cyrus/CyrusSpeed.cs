using System.Diagnostics;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Testing.Servers;
using MailKit.Net.Imap;
using MailKit.Security;

namespace MailAdmin.Provisioning.Tests.Cyrus;

/// <summary>
/// How fast mailboxes are created on a server that has many, compared to a client that sends only CREATE and SETQUOTA. Run by hand:
/// <c>dotnet test --project tests/MailAdmin.Provisioning.Tests -- --filter-class "*CyrusSpeed" --explicit on --show-live-output on</c>
/// </summary>
[Collection(nameof(CyrusServers))]
public sealed class CyrusSpeed(CyrusFixture fixture, ITestOutputHelper output)
{
    private const int Present = 10_000;
    private const int Rounds = 20;
    private const int Batch = 60;

    private static int _number;

    [Theory(Explicit = true)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Mailboxes_a_second(int connections)
    {
        var cyrus = await fixture.ServerAsync();
        var options = cyrus.Options();
        options.Connections = connections;
        using var provisioner = new Provisioner(options);
        var raw = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => RawImap.SignInAsync(cyrus)));
        while (_number < Present) await RawAsync(raw, Batch * 10);

        var (rawTime, ourTime) = (TimeSpan.Zero, TimeSpan.Zero);
        await EnsureAsync(provisioner, Batch);
        // Small batches take turns, so that other load on the machine affects both alike.
        for (var round = 0; round < Rounds; round++)
        {
            rawTime += await TimeAsync(() => RawAsync(raw, Batch));
            ourTime += await TimeAsync(() => EnsureAsync(provisioner, Batch));
        }
        var withFolders = await TimeAsync(() => EnsureAsync(provisioner, Batch, "Sent", "Drafts", "Trash"));
        var plain = await TimeAsync(() => PlainMailKitAsync(options, Batch));

        output.WriteLine($"{connections} connections: raw {Rate(rawTime)}, EnsureAsync {Rate(ourTime)} = {rawTime / ourTime:0.00} of raw; "
            + $"with three folders {Batch / withFolders.TotalSeconds:0}; MailKit as it comes, on one, {Batch / plain.TotalSeconds:0} a second");
        foreach (var session in raw) await session.DisposeAsync();
    }

    private static string Rate(TimeSpan time) => $"{Rounds * Batch / time.TotalSeconds:0}";

    private static string NewName() => $"speed{Interlocked.Increment(ref _number):D6}";

    private static async Task<TimeSpan> TimeAsync(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed;
    }

    private static Task RawAsync(RawImap[] sessions, int count) => Task.WhenAll(sessions.Select(async admin =>
    {
        for (var i = 0; i < count / sessions.Length; i++)
        {
            var name = NewName();
            await admin.OkAsync($"CREATE user/{name}");
            await admin.OkAsync($"SETQUOTA user/{name} (STORAGE 25000)");
        }
    }));

    private static async Task EnsureAsync(Provisioner provisioner, int count, params string[] folders) =>
        await Task.WhenAll(
            Enumerable.Range(0, count).Select(_ => provisioner.Mailboxes.EnsureAsync(Specs.Of(NewName(), 25000, folders), default)));

    private static async Task PlainMailKitAsync(CyrusOptions options, int count)
    {
        using var client = new ImapClient();
        await client.ConnectAsync(options.Host, options.Port, SecureSocketOptions.None);
        await client.AuthenticateAsync(options.AdminUser, options.AdminPassword!);
        var users = client.GetFolder(client.OtherNamespaces[0]);
        for (var i = 0; i < count; i++)
        {
            var mailbox = await users.CreateAsync(NewName(), isMessageFolder: true);
            await mailbox!.SetQuotaAsync(messageLimit: null, storageLimit: 25000);
        }
    }
}
