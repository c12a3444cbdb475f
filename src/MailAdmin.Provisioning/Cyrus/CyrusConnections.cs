using System.Collections.Concurrent;
using MailAdmin.Core.Accounts;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>
/// The administrator's connections: opened when needed, lent to one piece of work at a time, kept, and disposed of when no longer usable.
/// </summary>
internal sealed class CyrusConnections(CyrusOptions options, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _free = new(options.Connections);
    private readonly ConcurrentStack<CyrusSession> _kept = new();

    /// <summary>
    /// Runs <paramref name="work"/> on a connection. It waits for a free one as long as <paramref name="cancellationToken"/> allows.
    /// </summary>
    /// <exception cref="CyrusRefusedException">Cyrus said NO; the connection is kept.</exception>
    /// <exception cref="CyrusUnavailableException">Cyrus can't be asked.</exception>
    public async Task UseAsync(Func<CyrusSession, Task> work, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            var session = Kept() ?? await CyrusSession.SignInAsync(options, time, owner: null, cancellationToken);
            try
            {
                await work(session);
            }
            finally
            {
                if (session.IsReusable) _kept.Push(session);
                else session.Dispose();
            }
        }
        finally
        {
            _free.Release();
        }
    }

    /// <inheritdoc cref="UseAsync(Func{CyrusSession, Task}, CancellationToken)"/>
    public async Task<T> UseAsync<T>(Func<CyrusSession, Task<T>> work, CancellationToken cancellationToken)
    {
        T result = default!;
        await UseAsync(async session => { result = await work(session); }, cancellationToken);
        return result;
    }

    /// <summary>Opens a connection as the owner of a mailbox; the caller disposes of it.</summary>
    public Task<CyrusSession> SignInAsAsync(Username owner, CancellationToken cancellationToken) =>
        CyrusSession.SignInAsync(options, time, owner, cancellationToken);

    public void Dispose()
    {
        while (_kept.TryPop(out var session)) session.Dispose();
        _free.Dispose();
    }

    private CyrusSession? Kept()
    {
        while (_kept.TryPop(out var session))
        {
            if (session.IsReusable) return session;
            session.Dispose();
        }
        return null;
    }
}
