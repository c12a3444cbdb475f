using System.Collections.Concurrent;
using System.Net.Sockets;
using MailAdmin.Provisioning.Logins;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning.Sending;

/// <summary>
/// A Unix socket to which processes of Postfix connect, each over a connection that it keeps. A failure of one connection ends only that
/// connection; a process without an answer uses the default of main.cf, and mail goes on. Each connection has a thread that blocks in the
/// read: Postfix sends nothing until it has its answer, and switching threads would cost more than the answer (docs/performance.md).
/// </summary>
/// <param name="path">The socket's path.</param>
internal abstract class PostfixSocketServer(string path, SendingOptions options, LoginOptions logins, ILogger logger)
    : IHostedService, IDisposable
{
    private const int Backlog = 256;

    // In octets. Threads use only a few frames, and there are as many threads as connections.
    private const int StackSize = 256 * 1024;

    private static readonly TimeSpan AcceptPause = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<Socket, bool> _clients = new();
    private readonly CancellationTokenSource _stop = new();
    private SaslauthdSocket? _socket;

    /// <exception cref="LoginSocketException">The socket can't be opened.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _socket = await SaslauthdSocket.OpenAsync(path, logins.SocketGroup, Backlog, cancellationToken);
        _ = AcceptAsync(_socket.Listener);
        SendingMetrics.Begin();
        logger.PostfixAnswered(path);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        // Dispose only once: the second time, the path could be another process's socket.
        Interlocked.Exchange(ref _socket, null)?.Dispose();
        foreach (var client in _clients.Keys) client.Dispose();
    }

    public void Dispose() => _stop.Dispose();

    /// <summary>Answers until the client has disconnected, or its socket is disposed. An exception ends this connection.</summary>
    protected abstract void AnswerAll(Socket client);

    /// <summary>Logs that the client sent something that Postfix never sends.</summary>
    protected void Malformed() => logger.PostfixMalformed(path);

    private async Task AcceptAsync(Socket listener)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptAsync(_stop.Token);
                if (_clients.Count < options.MaxConnections && _clients.TryAdd(client, true)) Start(client);
                else client.Dispose();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                if (_stop.IsCancellationRequested) return;
                // Most likely there are no free file handles.
                logger.PostfixAcceptFailed(e, path);
                await Task.Delay(AcceptPause, _stop.Token);
            }
        }
    }

    // If the system gives no more threads, this client takes the default of main.cf, and the next one is accepted as before.
    private void Start(Socket client)
    {
        try
        {
            new Thread(() => Serve(client), StackSize) { IsBackground = true }.Start();
        }
        catch (OutOfMemoryException e)
        {
            _clients.TryRemove(client, out _);
            client.Dispose();
            logger.PostfixAcceptFailed(e, path);
        }
    }

    // Never throws: an exception would end the process.
    private void Serve(Socket client)
    {
        using var closing = client;
        try
        {
            AnswerAll(client);
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
        {
            // The client has disconnected, or the server is stopping.
        }
        catch (Exception e)
        {
            logger.PostfixQuestionFailed(e, path);
        }
        finally
        {
            _clients.TryRemove(client, out _);
        }
    }
}
