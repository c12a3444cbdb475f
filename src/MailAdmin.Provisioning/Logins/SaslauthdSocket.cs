using System.Net.Sockets;

namespace MailAdmin.Provisioning.Logins;

/// <summary>
/// A listening Unix socket: the one that systemd gave this process for the path, or a new one. Its file is taken over from a dead process,
/// never from a live one.
/// </summary>
internal sealed class SaslauthdSocket : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private readonly string _path;
    private readonly FileStream? _lock;

    private SaslauthdSocket(string path, FileStream? @lock, Socket listener) => (_path, _lock, Listener) = (path, @lock, listener);

    public Socket Listener { get; }

    /// <summary>Whether the socket is systemd's: it listens on after this process has ended.</summary>
    public bool IsInherited => _lock is null;

    /// <exception cref="LoginSocketException">Another process answers there, or the file is not a socket.</exception>
    /// <param name="path">The socket's path.</param>
    /// <param name="group">The only group that may connect; null lets everybody on this host.</param>
    /// <param name="backlog">Connections that wait to be accepted.</param>
    /// <param name="cancellationToken">Stops the check whether another process answers already.</param>
    public static async Task<SaslauthdSocket> OpenAsync(string path, string? group, int backlog, CancellationToken cancellationToken)
    {
        if (InheritedSockets.Find(path) is { } given) return new SaslauthdSocket(path, null, given);
        SocketRights.EnsureFolder(Path.GetDirectoryName(Path.GetFullPath(path))!, group);
        var @lock = Lock(path);
        try
        {
            await RemoveStaleAsync(path, cancellationToken);
            return new SaslauthdSocket(path, @lock, Listen(path, group, backlog));
        }
        catch
        {
            await @lock.DisposeAsync();
            throw;
        }
    }

    public void Dispose()
    {
        if (IsInherited) return;
        // .NET removes the socket's file as well.
        Listener.Dispose();
        File.Delete(_path);
        _lock!.Dispose();
    }

    /// <summary>
    /// Wakes threads that wait in Accept: each takes one connection more. The socket itself can't wake them, because closing or shutting it
    /// down would end it for the next process too.
    /// </summary>
    public async Task WakeAsync(int threads)
    {
        for (var n = 0; n < threads; n++)
        {
            using var knock = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await knock.ConnectAsync(new UnixDomainSocketEndPoint(_path)).WaitAsync(Timeout);
            }
            catch (Exception e) when (e is SocketException or TimeoutException)
            {
                // The queue is full, so the threads have connections to take.
                return;
            }
        }
    }

    // Without the lock, two processes that start together could both find that nobody answers, and replace each other's socket.
    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new LoginSocketException($"Another login service has {path}: stop it first, or give this one another socket.", e);
        }
    }

    private static async Task RemoveStaleAsync(string path, CancellationToken cancellationToken)
    {
        if (!Path.Exists(path)) return;
        if (!IsSocket(path))
            throw new LoginSocketException($"{path} is not a socket, so it is not removed: move it away, or give another path.");
        if (await IsAnsweredAsync(path, cancellationToken))
            throw new LoginSocketException($"Another process answers at {path} (saslauthd?): stop it first, or give another path.");
        File.Delete(path);
    }

    // A socket exists and can't be opened as a file.
    private static bool IsSocket(string path)
    {
        if (Directory.Exists(path)) return false;
        try
        {
            using var file = File.OpenRead(path);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static async Task<bool> IsAnsweredAsync(string path, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken).AsTask()
                .WaitAsync(Timeout, cancellationToken);
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return false;
        }
        catch (TimeoutException)
        {
            return true;
        }
    }

    private static Socket Listen(string path, string? group, int backlog)
    {
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            listener.Bind(new UnixDomainSocketEndPoint(path));
            // Set the rights before listening, so that no client that may connect is refused.
            SocketRights.Give(path, group);
            listener.Listen(backlog);
            return listener;
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }
}

/// <summary>The login socket can't be opened; the message says what to do.</summary>
public sealed class LoginSocketException(string message, Exception? inner = null) : Exception(message, inner);
