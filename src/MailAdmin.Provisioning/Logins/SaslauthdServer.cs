using System.Buffers;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning.Logins;

/// <summary>
/// Answers libsasl as saslauthd does. Dedicated threads accept the connections and answer those that need no waiting, nearly all of them:
/// twice as many a second as through the thread pool. The rest continue asynchronously. Each connection has one deadline for everything. A
/// connection that can't be answered in time, or at all, is closed without an answer, which the mail servers report as a temporary failure.
/// </summary>
internal sealed class SaslauthdServer(LoginService logins, LoginOptions options, TimeProvider time, ILogger<SaslauthdServer> logger)
    : IAsyncDisposable
{
    // Lookups that hang block MaxLookups threads at most; two are left to accept connections.
    private const int Threads = LoginService.MaxLookups + 2;

    // In microseconds: libsasl writes right after it has connected. A slower client is read asynchronously, without a thread of its own.
    private const int PatienceMicroseconds = 1_000;

    private static readonly TimeSpan AcceptPause = TimeSpan.FromMilliseconds(50);

    private readonly ConnectionLimiter _clients = new(options.MaxConnections);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Thread> _threads = [];
    private SaslauthdSocket? _socket;

    /// <exception cref="LoginSocketException">The socket can't be opened.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var socket = _socket = await SaslauthdSocket.OpenAsync(options.Socket!, options.SocketGroup, options.Backlog, cancellationToken);
        for (var n = 1; n <= Threads; n++)
            _threads.Add(new Thread(() => Accept(socket.Listener)) { Name = $"login {n}", IsBackground = true });
        foreach (var thread in _threads) thread.Start();
        LoginMetrics.Begin();
        logger.LoginsAnswered(options.Socket!);
    }

    /// <summary>Accepts no more connections and answers those with a complete request, until the token is cancelled.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // Dispose only once: the second time, the path could be another process's socket.
        using (var socket = Interlocked.Exchange(ref _socket, null))
        {
            if (socket is { IsInherited: true }) await EndThreadsAsync(socket);
        }
        var served = _clients.CloseAsync();
        try
        {
            await served.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await _stop.CancelAsync();
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync(new CancellationToken(canceled: true));

    // Whoever has connected to systemd's socket gets an answer, from this process or from the next one. So each thread serves what it has
    // accepted, and what is still in the queue stays there.
    private async Task EndThreadsAsync(SaslauthdSocket socket)
    {
        await socket.WakeAsync(_threads.Count);
        var end = time.GetUtcNow() + options.Deadline;
        foreach (var thread in _threads)
        {
            var left = TimeSpan.FromTicks(Math.Max(0, (end - time.GetUtcNow()).Ticks));
            await Task.Run(() => thread.Join(left), CancellationToken.None); // the deadline ends it
        }
    }

    private void Accept(Socket listener)
    {
        while (_socket is not null)
        {
            try
            {
                var client = listener.Accept();
                if (_clients.Enter(client) is { } place) _ = ServeAsync(place);
                else client.Dispose();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                if (_socket is null) return;
                // Most likely there are no free file handles: the open connections end within their deadline.
                logger.LoginAcceptFailed(e);
                _stop.Token.WaitHandle.WaitOne(AcceptPause);
            }
        }
    }

    // Never throws, because nobody awaits it.
    private async Task ServeAsync(LinkedListNode<Socket> place)
    {
        using var client = place.Value;
        using var deadline = new CancellationTokenSource(options.Deadline, time);
        // Closes the socket even while something below hangs.
        await using var closing = deadline.Token.UnsafeRegister(static s => ((Socket)s!).Dispose(), client);
        await using var stopping = _stop.Token.UnsafeRegister(static s => ((CancellationTokenSource)s!).Cancel(), deadline);
        try
        {
            await AnswerAsync(place, deadline.Token);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The client disconnected, was disconnected for another one, or took too long.
        }
        catch (Exception e)
        {
            // A failure of one login must not affect the next one.
            logger.LoginFailed(e);
        }
        finally
        {
            _clients.Leave(place);
        }
    }

    private async ValueTask AnswerAsync(LinkedListNode<Socket> place, CancellationToken cancellationToken)
    {
        var client = place.Value;
        if (await ReadAsync(client, cancellationToken) is not { } request || !_clients.MarkActive(place))
        {
            TakeOff(client);
            return;
        }
        var checking = CheckAsync(request with { Process = PeerProcess.Of(client) }, cancellationToken);
        // A client whose check is not complete yet may get no answer. Drain the peeked octets before closing: closing a Unix socket with
        // unread input sends ECONNRESET instead of EOF. The client wakes up later anyway, so draining now costs nothing extra.
        if (!checking.IsCompleted) TakeOff(client);
        var verdict = await checking;
        LoginMetrics.Count(request.Service, verdict);
        if (SaslauthdAnswer.Of(verdict) is { } answer) client.Send(answer);
        TakeOff(client);
    }

    // Drains the peeked octets: closing the socket with unread input would send ECONNRESET.
    private static void TakeOff(Socket client)
    {
        if (client.Available > 0) client.Receive(stackalloc byte[SaslauthdRequest.MaxLength + 1]);
    }

    private async ValueTask<LoginVerdict> CheckAsync(LoginRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await logins.CheckAsync(request, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            logger.LoginDeadline(options.Deadline);
            return LoginVerdict.Unknown;
        }
    }

    private async ValueTask<LoginRequest?> ReadAsync(Socket client, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(SaslauthdRequest.MaxLength + 1);
        // Peek instead of reading: taking the octets off would wake up a client that already waits for its answer, for nothing and at a
        // fifth of a login's cost. Nearly always the peeked octets are the whole request.
        var seen = client.Poll(PatienceMicroseconds, SelectMode.SelectRead) ? client.Receive(buffer, SocketFlags.Peek) : 0;
        var length = 0;
        try
        {
            if (seen > 0 && IsRead(buffer.AsSpan(0, seen), out var request)) return request;
            while (true)
            {
                var read = await client.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
                if (read == 0) return null;
                length += read;
                if (IsRead(buffer.AsSpan(0, length), out request)) return request;
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(buffer.AsSpan(0, Math.Max(seen, length)));
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // Whether reading is over: the request is complete, or malformed and null.
    private bool IsRead(ReadOnlySpan<byte> octets, out LoginRequest? request)
    {
        var reading = SaslauthdRequest.Read(octets, out request);
        if (reading == SaslauthdReading.Malformed) logger.LoginMalformed();
        return reading != SaslauthdReading.Incomplete;
    }
}
