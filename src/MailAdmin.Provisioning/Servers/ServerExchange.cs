using System.Net.Sockets;
using System.Security.Authentication;
using MailKit;

namespace MailAdmin.Provisioning.Servers;

/// <summary>
/// Exchanges with one mail server over one connection, one after the other. Each ends in time, and each failure is one of two: refused or
/// unavailable.
/// </summary>
/// <param name="place">The server's name in messages: <c>Cyrus at HOST:PORT</c>.</param>
/// <param name="timeout">The limit of a whole exchange: a server that sends an octet now and then must not block the panel.</param>
/// <param name="time">Measures the timeout.</param>
/// <param name="unavailable">Makes the protocol's exception from a sentence and its cause.</param>
internal sealed class ServerExchange(
    string place, TimeSpan timeout, TimeProvider time, Func<string, Exception, ServerUnavailableException> unavailable)
{
    /// <summary>
    /// Whether the last exchange was completed. After an incomplete one, the next answer would be taken for the answer to another command.
    /// </summary>
    public bool IsWhole { get; private set; } = true;

    /// <param name="exchange">Gets the timeout, which it can extend while answers arrive, and a token that is cancelled with it.</param>
    /// <param name="refusal">Maps an exception of the protocol's library to a refusal; null if it is none.</param>
    /// <param name="cancellationToken">Ends the wait with an <c>OperationCanceledException</c>.</param>
    /// <exception cref="ServerRefusedException">The server refused.</exception>
    /// <exception cref="ServerUnavailableException">The server can't be asked.</exception>
    public async Task<T> RunAsync<T>(
        Func<CancellationTokenSource, CancellationToken, Task<T>> exchange, Func<Exception, ServerRefusedException?> refusal,
    CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
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
        catch (OperationCanceledException canceled) when (!cancellationToken.IsCancellationRequested)
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

    // The exceptions of .NET and MailKit for a connection that can't be made, is broken, or violates the protocol.
    private static bool IsOfTheConnection(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or SocketException or ObjectDisposedException
        or AuthenticationException or TimeoutException or ProtocolException or CommandException or ServiceNotConnectedException
            or ServiceNotAuthenticatedException;
}
