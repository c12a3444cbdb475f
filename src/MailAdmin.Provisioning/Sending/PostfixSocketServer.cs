using System.Collections.Concurrent;
using System.Net.Sockets;
using MailAdmin.Provisioning.Logins;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning.Sending;

/// <summary>
/// A Unix socket at which processes of Postfix ask, each over a connection that it keeps. Whatever happens to one of them ends that
/// connection and no other; who is left without an answer takes the default of main.cf, and mail goes on. Each connection has a thread that
/// waits in the read: Postfix sends nothing until it has its answer, and a hand-over between threads would cost more than the answer
/// (docs/performance.md).
/// </summary>
/// <param name="path">The socket's.</param>
internal abstract class PostfixSocketServer(string path, SendingOptions options, LoginOptions logins, ILogger logger)
    : IHostedService, IDisposable
{
    private const int Backlog = 256;

    // Octets. A few frames deep, and as many threads as connections.
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
        logger.PostfixAnswered(path);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        // Once only: a second time it could be another process' socket.
        Interlocked.Exchange(ref _socket, null)?.Dispose();
        foreach (var client in _clients.Keys) client.Dispose();
    }

    public void Dispose() => _stop.Dispose();

    /// <summary>Answers until the client is gone, or its socket is disposed. What it throws ends this connection.</summary>
    protected abstract void AnswerAll(Socket client);

    /// <summary>What came was nothing that Postfix says.</summary>
    protected void Malformed() => logger.PostfixMalformed(path);

    private async Task AcceptAsync(Socket listener)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptAsync(_stop.Token);
                if (_clients.Count < options.MaxConnections && _clients.TryAdd(client, true))
                    new Thread(() => Serve(client), StackSize) { IsBackground = true }.Start();
                else client.Dispose();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                if (_stop.IsCancellationRequested) return;
                // No file handles, most likely.
                logger.PostfixAcceptFailed(e, path);
                await Task.Delay(AcceptPause);
            }
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
            // It has gone, or we stop.
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
