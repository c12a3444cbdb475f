using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning.Logins;

/// <summary>
/// Answers libsasl as saslauthd does. Threads of its own take the connections and answer at once what needs no waiting, which is nearly
/// all: twice as many a second as through the thread pool. The rest goes on asynchronously. Each connection has one deadline for
/// everything; what can't be answered in time, or at all, is closed without an answer, which the mail servers pass on as "try again".
/// </summary>
internal sealed class SaslauthdServer(LoginService logins, LoginOptions options, TimeProvider time, ILogger<SaslauthdServer> logger)
    : IAsyncDisposable
{
    // Accounts that can't be read hold up so many threads at most; two are left to take connections.
    private const int Threads = LoginService.MaxLookups + 2;

    // libsasl writes right after it has connected. Who is slower has to do without a thread.
    private const int PatienceMicroseconds = 1_000;

    private static readonly byte[] Ok = Frame("OK"u8);
    private static readonly byte[] No = Frame("NO"u8);
    private static readonly TimeSpan AcceptPause = TimeSpan.FromMilliseconds(50);

    private readonly ConnectionLimiter _clients = new(options.MaxConnections);
    private readonly CancellationTokenSource _stop = new();
    private SaslauthdSocket? _socket;

    /// <exception cref="LoginSocketException">The socket can't be opened.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var socket = _socket = await SaslauthdSocket.OpenAsync(options.Socket!, options.SocketGroup, options.Backlog, cancellationToken);
        for (var n = 1; n <= Threads; n++) new Thread(() => Accept(socket.Listener)) { Name = $"login {n}", IsBackground = true }.Start();
        logger.LoginsAnswered(options.Socket!);
    }

    /// <summary>
    /// Takes no more connections and lets those that have asked have their answer, until the token says that it is enough.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // Once only: a second time it could be another process' socket.
        Interlocked.Exchange(ref _socket, null)?.Dispose();
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
                // No file handles, most likely: those that are open end within their deadline.
                logger.LoginAcceptFailed(e);
                _stop.Token.WaitHandle.WaitOne(AcceptPause);
            }
        }
    }

    // Never throws: nobody waits for it.
    private async Task ServeAsync(LinkedListNode<Socket> place)
    {
        using var client = place.Value;
        using var deadline = new CancellationTokenSource(options.Deadline, time);
        // Closes even while something below is stuck.
        await using var closing = deadline.Token.UnsafeRegister(static s => ((Socket)s!).Dispose(), client);
        await using var stopping = _stop.Token.UnsafeRegister(static s => ((CancellationTokenSource)s!).Cancel(), deadline);
        try
        {
            await AnswerAsync(place, deadline.Token);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The client has gone, had to give way, or took too long.
        }
        catch (Exception e)
        {
            // One login's misfortune must not be the next one's.
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
        if (await ReadAsync(client, cancellationToken) is not { } request || !_clients.HasAsked(place))
        {
            TakeOff(client);
            return;
        }
        var checking = CheckAsync(request with { Process = PeerProcess.Of(client) }, cancellationToken);
        // Who has to wait is woken up later anyway, and should it be in vain, is to see a connection that ends rather than one that breaks.
        if (!checking.IsCompleted) TakeOff(client);
        var answer = await checking switch
        {
            LoginVerdict.Ok => Ok,
            LoginVerdict.No => No,
            _ => null,
        };
        if (answer is not null) client.Send(answer);
        TakeOff(client);
    }

    // What was only looked at: to close with it on the socket would break the connection.
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
        // Only looked at: a client that waits for its answer already is woken up when its octets are taken off, for nothing and at the
        // price of a fifth of a login. Nearly always they are the whole request.
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

    // All that there will be of it; null for what is none.
    private bool IsRead(ReadOnlySpan<byte> octets, out LoginRequest? request)
    {
        var reading = SaslauthdRequest.Read(octets, out request);
        if (reading == SaslauthdReading.Malformed) logger.LoginMalformed();
        return reading != SaslauthdReading.Incomplete;
    }

    private static byte[] Frame(ReadOnlySpan<byte> text)
    {
        var frame = new byte[2 + text.Length];
        BinaryPrimitives.WriteUInt16BigEndian(frame, (ushort)text.Length);
        text.CopyTo(frame.AsSpan(2));
        return frame;
    }
}
