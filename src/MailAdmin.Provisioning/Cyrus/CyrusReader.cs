using MailAdmin.Provisioning.Servers;
using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>
/// Queries Cyrus for a page, on a connection of its own. A server that hangs costs one request the budget; from then on every request gets
/// "unavailable" immediately, until a probe in the background has succeeded.
/// </summary>
public sealed class CyrusReader(CyrusOptions options, TimeProvider time, ILogger<CyrusReader> log) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _stopping = new();
    private CyrusSession? _session;
    private volatile bool _broken;
    private int _probing;

    /// <summary>Never throws because of the server.</summary>
    /// <param name="ask">The query, which may only read.</param>
    /// <param name="budget">The longest wait. If the answers are not complete by then, nothing is returned.</param>
    /// <param name="cancellationToken">Ends the wait with an exception.</param>
    /// <returns>Null when nothing is known.</returns>
    internal async Task<T?> TryAskAsync<T>(
        Func<CyrusSession, CancellationToken, Task<T>> ask, TimeSpan budget, CancellationToken cancellationToken) where T : class
    {
        if (_broken)
        {
            Probe();
            return null;
        }
        using var limit = new CancellationTokenSource(budget, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await _turn.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Too many requests are ahead of this one, or the first of them is about to find out that the server hangs.
            return null;
        }
        try
        {
            return _broken ? null : await ask(await ConnectAsync(either.Token), either.Token);
        }
        catch (Exception fault) when (
            fault is ServerUnavailableException or ServerRefusedException
            || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            if (fault is not ServerRefusedException) Break(fault);
            return null;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _session?.Dispose();
        _session = null;
    }

    private async Task<CyrusSession> ConnectAsync(CancellationToken cancellationToken)
    {
        if (_session is { IsReusable: true }) return _session;
        _session?.Dispose();
        _session = null;
        return _session = await CyrusSession.SignInAsync(options, time, owner: null, cancellationToken);
    }

    private void Break(Exception fault)
    {
        _broken = true;
        Log.QuotasUnavailable(log, fault);
        Probe();
    }

    private void Probe()
    {
        if (Interlocked.CompareExchange(ref _probing, 1, 0) == 0) _ = ProbeAsync();
    }

    // The probe's wait is bounded by the command timeout; a page that is requested after it starts the next probe.
    private async Task ProbeAsync()
    {
        try
        {
            await _turn.WaitAsync(_stopping.Token);
            try
            {
                await ConnectAsync(_stopping.Token);
            }
            finally
            {
                _turn.Release();
            }
            _broken = false;
            Log.QuotasAvailable(log);
        }
        catch (Exception fault)
        {
            Log.QuotasStillUnavailable(log, fault);
        }
        finally
        {
            Volatile.Write(ref _probing, 0);
        }
    }
}
