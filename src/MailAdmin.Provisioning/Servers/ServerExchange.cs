using System.Net.Sockets;
using System.Security.Authentication;
using MailKit;

namespace MailAdmin.Provisioning.Servers;

/// <summary>
/// Exchanges with one mail server over one connection, one after the other. Each has an end, and each failure is one of two: refused, or
/// unavailable.
/// </summary>
/// <param name="place">The server as sentences name it: <c>Cyrus at HOST:PORT</c>.</param>
/// <param name="timeout">For a whole exchange: a server that sends an octet now and then does not hold us.</param>
/// <param name="time">Measures it.</param>
/// <param name="unavailable">Makes the protocol's exception of a sentence and its cause.</param>
internal sealed class ServerExchange(
    string place, TimeSpan timeout, TimeProvider time, Func<string, Exception, ServerUnavailableException> unavailable)
{
    /// <summary>
    /// Whether the last exchange came to its end. After half a one the next answer would be taken for another's.
    /// </summary>
    public bool IsWhole { get; private set; } = true;

    /// <param name="exchange">Gets the timeout, so that it can be extended as long as answers come, and a token that ends with it.</param>
    /// <param name="refusal">The refusal that an exception of the protocol's library stands for; null where it stands for none.</param>
    /// <param name="cancellation">Ends the wait with an exception of its own.</param>
    /// <exception cref="ServerRefusedException">The server said no.</exception>
    /// <exception cref="ServerUnavailableException">The server can't be asked.</exception>
    public async Task<T> RunAsync<T>(
        Func<CancellationTokenSource, CancellationToken, Task<T>> exchange, Func<Exception, ServerRefusedException?> refusal,
        CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        IsWhole = false;
        try
        {
            var result = await exchange(limit, either.Token);
            IsWhole = true;
            return result;
        }
        catch (ServerRefusedException refused)
        {
            IsWhole = !refused.EndsConnection;
            throw;
        }
        catch (Exception answer) when (refusal(answer) is { } refused)
        {
            throw Answered(refused);
        }
        catch (OperationCanceledException canceled) when (!cancellation.IsCancellationRequested)
        {
            throw unavailable($"{place} gave no answer within {timeout.TotalSeconds:0.#} s", canceled);
        }
        catch (Exception broken) when (IsOfTheConnection(broken))
        {
            throw unavailable($"{place}: {broken.Message}", broken);
        }
    }

    private ServerRefusedException Answered(ServerRefusedException refused)
    {
        IsWhole = !refused.EndsConnection;
        return refused;
    }

    // What .NET and MailKit throw where a connection can't be made, is cut, or carries what is none of the protocol.
    private static bool IsOfTheConnection(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or SocketException or ObjectDisposedException
        or AuthenticationException or TimeoutException or ProtocolException or CommandException or ServiceNotConnectedException
            or ServiceNotAuthenticatedException;
}
