using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using MailAdmin.Provisioning.Logins;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning.Sending;

/// <summary>
/// Answers Postfix' policy delegation protocol. Each process of Postfix keeps its connection and asks one question after the other. Who is left without
/// an answer takes the default of main.cf, and mail goes on.
/// </summary>
internal sealed class PolicyServer(SendingPolicy policy, SendingOptions options, ILogger<PolicyServer> logger) : IHostedService, IDisposable
{
    private const int Backlog = 256;
    private static readonly TimeSpan AcceptPause = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<Socket, bool> _clients = new();
    private readonly CancellationTokenSource _stop = new();
    private SaslauthdSocket? _socket;

    /// <exception cref="LoginSocketException">The socket can't be opened.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _socket = await SaslauthdSocket.OpenAsync(options.Socket, options.SocketGroup, Backlog, cancellationToken);
        _ = AcceptAsync(_socket.Listener);
        logger.PolicyAnswered(options.Socket);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        // Once only: a second time it could be another process' socket.
        Interlocked.Exchange(ref _socket, null)?.Dispose();
        foreach (var client in _clients.Keys) client.Dispose();
    }

    public void Dispose() => _stop.Dispose();

    private async Task AcceptAsync(Socket listener)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptAsync(_stop.Token);
                if (_clients.Count < options.MaxConnections && _clients.TryAdd(client, true)) _ = ServeAsync(client);
                else client.Dispose();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                if (_stop.IsCancellationRequested) return;
                // No file handles, most likely.
                logger.PolicyAcceptFailed(e);
                await Task.Delay(AcceptPause);
            }
        }
    }

    // Never throws: nobody waits for it.
    private async Task ServeAsync(Socket client)
    {
        await Task.Yield();
        using var closing = client;
        try
        {
            await AnswerAllAsync(client, PeerProcess.Of(client));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // It has gone, or we stop.
        }
        catch (Exception e)
        {
            logger.PolicyFailed(e);
        }
        finally
        {
            _clients.TryRemove(client, out _);
        }
    }

    private async Task AnswerAllAsync(Socket client, int process)
    {
        var buffer = new byte[PolicyRequest.MaxLength];
        var filled = 0;
        while (filled < buffer.Length)
        {
            var read = await client.ReceiveAsync(buffer.AsMemory(filled), _stop.Token);
            if (read == 0) return;
            filled += read;
            while (PolicyRequest.Read(buffer.AsSpan(0, filled), out var length) is { } request)
            {
                await client.SendAsync(Encoding.ASCII.GetBytes($"action={policy.Answer(request, process)}\n\n"), _stop.Token);
                buffer.AsSpan(length, filled - length).CopyTo(buffer);
                filled -= length;
            }
        }
        logger.PolicyMalformed();
    }
}
