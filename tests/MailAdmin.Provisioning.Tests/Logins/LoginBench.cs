using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Passwords;
using MailAdmin.Provisioning.Logins;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailAdmin.Provisioning.Tests.Logins;

/// <summary>
/// The login service with a handful of accounts that a test can change, and a socket for it in a folder of its own.
/// </summary>
internal sealed class LoginBench : IAsyncDisposable
{
    public const string Password = "Kilo7-gamma";
    public const string AdminPassword = "jT7-worker";

    private static readonly PasswordOptions Cheap = new() { Cost = 4 };

    private readonly string _folder = Directory.CreateTempSubdirectory("logins-").FullName;
    private readonly PasswordCheck _passwords;
    private readonly List<SaslauthdServer> _servers = [];

    public LoginBench(
        TimeProvider? time = null, TimeSpan? deadline = null, int maxConnections = 2_000, ILogger<LoginService>? logger = null,
        int cost = 4, CyrusAdministrator? admin = null)
    {
        Time = time ?? TimeProvider.System;
        Hasher = new PasswordHasher(new PasswordOptions { Cost = cost });
        Options = new LoginOptions
        {
            Socket = Path.Combine(_folder, "mux"),
            // By default so long that only a fault exceeds it, however busy the machine is.
            Deadline = deadline ?? TimeSpan.FromSeconds(60),
            MaxConnections = maxConnections,
        };
        LastLogins = new LastLogins(Time);
        _passwords = new PasswordCheck(Hasher, Lane, Options, Time);
        Service = new LoginService(
            Find, _passwords, new PasswordRenewals(Hasher, Lane, LastLogins), LastLogins,
            admin ?? new("cyrus", AdminPassword, passwordFile: null), logger ?? NullLogger<LoginService>.Instance);
        Put("exemple0001");
    }

    public TimeProvider Time { get; }

    public PasswordHasher Hasher { get; }

    public PasswordHashQueue Lane { get; } = new(Cheap);

    public LoginOptions Options { get; }

    public LastLogins LastLogins { get; }

    public LoginService Service { get; }

    /// <summary>The accounts by username and by address.</summary>
    public ConcurrentDictionary<string, LoginRecord> Accounts { get; } = new(StringComparer.Ordinal);

    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>What the database does before it answers, such as hang or fail.</summary>
    public Action Database { get; set; } = () => { };

    public LoginRecord Put(
        string username, string password = Password, MailProtocols services = MailProtocols.All, bool mayLogin = true,
        string? hash = null) =>
        Accounts[username] = new LoginRecord(1, username, hash ?? Hasher.Hash(password), services, mayLogin);

    public Task<LoginVerdict> AskAsync(string user, string password = Password, string service = "imap", string realm = "") =>
        Service.CheckAsync(new LoginRequest(user, Encoding.UTF8.GetBytes(password), service, realm), TestContext.Current.CancellationToken)
            .AsTask().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

    public async Task<SaslauthdServer> ServeAsync()
    {
        var server = new SaslauthdServer(Service, Options, Time, NullLogger<SaslauthdServer>.Instance);
        await server.StartAsync(TestContext.Current.CancellationToken);
        _servers.Add(server);
        return server;
    }

    /// <summary>Returns the answer as libsasl reads it, or null if the socket was closed without one.</summary>
    public async Task<string?> LoginAsync(string user, string password = Password, string service = "imap", string realm = "")
    {
        using var client = await ConnectAsync();
        await client.SendAsync(Frame(user, password, service, realm));
        return await AnswerAsync(client);
    }

    public async Task<Socket> ConnectAsync()
    {
        var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await client.ConnectAsync(new UnixDomainSocketEndPoint(Options.Socket!), TestContext.Current.CancellationToken);
        return client;
    }

    public static async Task<string?> AnswerAsync(Socket client)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        var buffer = new byte[64];
        try
        {
            var read = await client.ReceiveAsync(buffer, patience.Token);
            if (read == 0) return null;
            Assert.Equal(read - 2, BinaryPrimitives.ReadUInt16BigEndian(buffer));
            Assert.Equal(0, await client.ReceiveAsync(buffer.AsMemory(read), patience.Token));
            return Encoding.ASCII.GetString(buffer, 2, read - 2);
        }
        catch (SocketException)
        {
            // The server closed the connection before it had read everything.
            return null;
        }
    }

    /// <summary>Keeps every thread of the hash queue busy until the gate is opened. Returns when each thread has begun to wait.</summary>
    public async Task<Task> HoldQueueAsync(ManualResetEventSlim gate, CancellationToken cancellation)
    {
        var begun = new CountdownEvent(Lane.Threads);
        var held = Enumerable.Range(0, Lane.Threads).Select(_ => Lane.RunAsync(() =>
        {
            begun.Signal();
            return gate.Wait(Timeout.Infinite, cancellation);
        }, cancellation)).ToList();
        await Eventually.TrueAsync(() => begun.IsSet, "every thread of the hash queue waits");
        return Task.WhenAll(held);
    }

    public static byte[] Frame(params string[] fields) => [.. fields.SelectMany(f => Field(Encoding.UTF8.GetBytes(f)))];

    public static byte[] Field(byte[] octets) => [(byte)(octets.Length >> 8), (byte)octets.Length, .. octets];

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers) await server.DisposeAsync();
        Service.Dispose();
        _passwords.Dispose();
        Lane.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private LoginRecord? Find(string name)
    {
        Asked.Enqueue(name);
        Database();
        return Accounts.GetValueOrDefault(name);
    }
}
