using System.Net.Sockets;
using MailAdmin.Core.Passwords;

namespace MailAdmin.Provisioning.Tests.Logins;

/// <summary>Figures, each with a baseline of the same run. Run by hand on a quiet machine: <c>--explicit only</c>, Release.</summary>
public sealed class LoginThroughputTests(ITestOutputHelper output)
{
    private const int Clients = 4;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(5);
    private static readonly byte[] Ok = [0, 2, (byte)'O', (byte)'K'];

    [Fact(Explicit = true)]
    public async Task First_logins_come_at_nine_tenths_of_the_rate_of_crypt()
    {
        await using var bench = new LoginBench(cost: 11);
        await bench.ServeAsync();
        Assert.True(PasswordHash.TryParse(bench.Accounts["exemple0001"].PasswordHash, out var hash));
        var names = Enumerable.Range(0, 2_000).Select(n => $"first{n}").ToList();
        names.ForEach(name => bench.Put(name, hash: hash.Value));
        var next = -1;
        var crypt = await RateAsync(Environment.ProcessorCount, () => bench.Hasher.Verify(LoginBench.Password, hash));
        var logins = await RateAsync(Clients, () => Login(bench.Options.Socket!, names[Interlocked.Increment(ref next)]));
        output.WriteLine($"crypt {crypt:0.0}/s, first logins {logins:0.0}/s: {logins / crypt:0.00}");
        Assert.True(logins >= 0.9 * crypt);
    }

    [Fact(Explicit = true)]
    public async Task Repeated_logins_come_at_half_the_rate_of_a_server_that_only_says_yes()
    {
        await using var bench = new LoginBench();
        await bench.ServeAsync();
        using var yes = SayYes(bench.Options.Socket! + ".yes");
        await RateAsync(Clients, () => Login(bench.Options.Socket!, "exemple0001"));
        var bare = await RateAsync(Clients, () => Login(bench.Options.Socket! + ".yes", "exemple0001"));
        var logins = await RateAsync(Clients, () => Login(bench.Options.Socket!, "exemple0001"));
        output.WriteLine($"only yes {bare:0}/s, repeated logins {logins:0}/s: {logins / bare:0.00}");
        Assert.True(logins >= 0.5 * bare);
    }

    private static async Task<double> RateAsync(int threads, Func<bool> once)
    {
        var start = TimeProvider.System.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, threads).Select(_ => Task.Factory.StartNew(
            () =>
            {
                var count = 0;
                for (; TimeProvider.System.GetElapsedTime(start) < Duration; count++) Assert.True(once());
                return count;
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        return counts.Sum() / TimeProvider.System.GetElapsedTime(start).TotalSeconds;
    }

    private static bool Login(string path, string user)
    {
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        client.Connect(new UnixDomainSocketEndPoint(path));
        client.Send(LoginBench.Frame(user, LoginBench.Password, "imap", ""));
        var answer = new byte[4];
        return client.Receive(answer) == 4 && answer.AsSpan().SequenceEqual(Ok);
    }

    // The least that any such server in .NET does: one thread for each processor.
    private static Socket SayYes(string path)
    {
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        for (var n = 0; n < Environment.ProcessorCount; n++) new Thread(() => SayYes(listener)) { IsBackground = true }.Start();
        return listener;
    }

    private static void SayYes(Socket listener)
    {
        try
        {
            while (true)
            {
                using var client = listener.Accept();
                if (client.Receive(new byte[512]) > 0) client.Send(Ok);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
