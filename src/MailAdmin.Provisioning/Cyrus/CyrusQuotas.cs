using MailAdmin.Core.Accounts;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>
/// Reads quotas for a page, on a connection of its own. A server that hangs costs one reader his budget; from then on everybody gets
/// "unavailable" at once, until a probe in the background was answered.
/// </summary>
public sealed class CyrusQuotas(IOptions<CyrusOptions> options, NearlyFull nearlyFull, TimeProvider time, ILogger<CyrusQuotas> log) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _stopping = new();
    private CyrusSession? _session;
    private volatile bool _broken;
    private int _probing;

    /// <summary>Reads the quota of each: one question to the server a name. Never throws because of the server.</summary>
    /// <param name="usernames">Those of one page.</param>
    /// <param name="budget">The longest wait; who does not get everything in it gets nothing.</param>
    /// <param name="cancellation">Ends the wait with an exception.</param>
    public async Task<QuotaReadings> ReadAsync(IReadOnlyList<Username> usernames, TimeSpan budget, CancellationToken cancellation)
    {
        if (_broken)
        {
            Probe();
            return QuotaReadings.Unavailable;
        }
        using var limit = new CancellationTokenSource(budget, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            await _turn.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Too many readers before this one, or a first one who is about to find out that the server hangs.
            return QuotaReadings.Unavailable;
        }
        try
        {
            return _broken ? QuotaReadings.Unavailable : await ReadAllAsync(usernames, either.Token);
        }
        catch (Exception fault) when (fault is CyrusUnavailableException || (fault is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            Break(fault);
            return QuotaReadings.Unavailable;
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

    private async Task<QuotaReadings> ReadAllAsync(IReadOnlyList<Username> usernames, CancellationToken cancellation)
    {
        var session = await ConnectAsync(cancellation);
        var usages = new Dictionary<Username, QuotaUsage>();
        foreach (var username in usernames)
        {
            try
            {
                var mailbox = await session.MailboxAsync(username, cancellation);
                usages[username] = await CyrusQuotaRoot.ReadAsync(session, mailbox, cancellation);
                nearlyFull.See(username, usages[username]);
            }
            catch (CyrusRefusedException)
            {
                // No mailbox yet: nothing is known of this one, and the rest of the page goes on.
            }
        }
        return new QuotaReadings(true, usages);
    }

    private async Task<CyrusSession> ConnectAsync(CancellationToken cancellation)
    {
        if (_session is { IsReusable: true }) return _session;
        _session?.Dispose();
        _session = null;
        return _session = await CyrusSession.SignInAsync(options.Value, time, owner: null, cancellation);
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

    // Its wait is bounded by the command timeout; a page that is asked for after it starts the next one.
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
        catch (Exception fault) when (fault is CyrusUnavailableException or OperationCanceledException)
        {
            Log.QuotasStillUnavailable(log, fault);
        }
        finally
        {
            Volatile.Write(ref _probing, 0);
        }
    }
}
