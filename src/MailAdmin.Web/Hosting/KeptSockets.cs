using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace MailAdmin.Web.Hosting;

/// <summary>
/// The sockets on which the panel listens, kept by systemd while the panel restarts (<c>FileDescriptorStoreMax=</c>): a browser that
/// connects meanwhile waits instead of being refused. The address is the settings' alone, as without systemd; a panel that ended for good
/// is refused at once. The login service has socket units instead, because its sockets need a group and have to be there before it.
/// </summary>
internal sealed class KeptSockets(IReadOnlyList<KeptSocket> inherited, Action<string, Socket?> tell)
{
    private const int Backlog = 512;
    private const string NamePrefix = "panel-";

    private readonly List<KeptSocket> _unused = [.. inherited];

    /// <summary>Registers it if systemd started this process; otherwise the panel opens and closes its sockets itself.</summary>
    public static void AddTo(WebApplicationBuilder builder)
    {
        if (!ServiceManager.IsPresent) return;
        var kept = new KeptSockets(KeptSocket.Inherited(), ServiceManager.Tell);
        builder.WebHost.UseSockets(o => o.CreateBoundListenSocket = kept.Open);
        builder.Services.AddHostedService(provider => new Release(kept, provider.GetRequiredService<IHostApplicationLifetime>()));
    }

    /// <summary>The socket that listens at this address: the one of the process before, or a new one, which systemd gets too.</summary>
    public Socket Open(EndPoint address)
    {
        if (_unused.Find(k => address.Equals(k.Socket.LocalEndPoint)) is { } kept)
        {
            _unused.Remove(kept);
            return kept.Socket;
        }
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(address);
        // A socket that no process waits at must not be kept; Kestrel may set the same again.
        socket.Listen(Backlog);
        KeptSocket.Share(socket);
        tell($"FDSTORE=1\nFDNAME={NameOf(socket.LocalEndPoint!)}", socket);
        return socket;
    }

    /// <summary>Closes sockets at addresses that the settings no longer name.</summary>
    public void CloseOthers()
    {
        foreach (var kept in _unused.Where(k => k.Name.StartsWith(NamePrefix, StringComparison.Ordinal)))
        {
            tell($"FDSTOREREMOVE=1\nFDNAME={kept.Name}", null);
            kept.Socket.Dispose();
        }
        _unused.Clear();
    }

    // sd_pid_notify_with_fds(3): no control characters and no colons.
    private static string NameOf(EndPoint address) => NamePrefix + address.ToString()!.Replace(':', '-');

    private sealed class Release(KeptSockets kept, IHostApplicationLifetime lifetime) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            // Kestrel has opened its sockets then.
            lifetime.ApplicationStarted.Register(kept.CloseOthers);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

/// <summary>A listening TCP socket that systemd kept for this process (sd_listen_fds(3)).</summary>
internal sealed record KeptSocket(string Name, Socket Socket)
{
    private const int FirstDescriptor = 3;

    // fcntl(2).
    private const int SetDescriptorFlags = 2;

    public static IReadOnlyList<KeptSocket> Inherited()
    {
        if (Variable("LISTEN_PID") != Environment.ProcessId) return [];
        var names = (Environment.GetEnvironmentVariable("LISTEN_FDNAMES") ?? "").Split(':');
        var sockets = new List<KeptSocket>();
        for (var n = 0; n < Variable("LISTEN_FDS"); n++)
        {
            // Looking does not own it: another descriptor, such as a Unix socket, is left as it is.
            var seen = new Socket(new SafeSocketHandle(FirstDescriptor + n, ownsHandle: false));
            if (seen is { ProtocolType: ProtocolType.Tcp, LocalEndPoint: IPEndPoint })
                sockets.Add(new(names.ElementAtOrDefault(n) ?? "", new(new SafeSocketHandle(FirstDescriptor + n, ownsHandle: true))));
        }
        return sockets;
    }

    /// <summary>
    /// Lets .NET close its descriptor only: for one without close-on-exec it does not end the listening itself, which the next process
    /// needs. Commands that the panel starts inherit it, and never use it.
    /// </summary>
    public static void Share(Socket socket) => _ = fcntl((int)socket.Handle, SetDescriptorFlags, 0);

    private static int? Variable(string name) => int.TryParse(
        Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fcntl(int descriptor, int command, int argument);
}
