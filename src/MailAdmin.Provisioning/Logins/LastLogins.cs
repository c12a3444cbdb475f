using MailAdmin.Core.Accounts;

namespace MailAdmin.Provisioning.Logins;

/// <summary>An account's latest sign-in, and the service that it used.</summary>
public sealed record LastLogin(long AccountId, MailProtocols Service, DateTimeOffset At)
{
    /// <summary>
    /// Null for a sign-in; otherwise the address that somebody tried to sign in with, where only the username is accepted.
    /// </summary>
    public string? TriedAddress { get; init; }
}

/// <summary>
/// Collects the latest sign-in of each account, and its latest attempt with an address, to write them in batches instead of one transaction
/// for each login.
/// </summary>
internal sealed class LastLogins(TimeProvider time)
{
    /// <summary>
    /// The most accounts whose sign-in may wait to be written; while the database is unavailable, further accounts are not recorded.
    /// </summary>
    public const int MaxWaiting = 100_000;

    private readonly Lock _gate = new();
    private Dictionary<(long AccountId, bool IsTry), LastLogin> _waiting = [];

    public void Add(long accountId, MailProtocols service) => Add(new LastLogin(accountId, service, time.GetUtcNow()));

    /// <returns>True if no attempt of this account was waiting to be written.</returns>
    public bool AddTried(long accountId, MailProtocols service, string address) =>
        Add(new LastLogin(accountId, service, time.GetUtcNow()) { TriedAddress = address });

    private bool Add(LastLogin login)
    {
        var key = (login.AccountId, login.TriedAddress is not null);
        lock (_gate)
        {
            var isFirst = !_waiting.ContainsKey(key);
            if (_waiting.Count < MaxWaiting || !isFirst) _waiting[key] = login;
            return isFirst;
        }
    }

    /// <summary>Writes what has been collected. If the write fails, everything is kept for the next time.</summary>
    public async Task WriteAsync(Func<IReadOnlyCollection<LastLogin>, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        var batch = Take();
        if (batch.Count == 0) return;
        try
        {
            await write(batch.Values, cancellationToken);
        }
        catch
        {
            PutBack(batch);
            throw;
        }
    }

    private Dictionary<(long AccountId, bool IsTry), LastLogin> Take()
    {
        lock (_gate)
        {
            var batch = _waiting;
            _waiting = [];
            return batch;
        }
    }

    private void PutBack(Dictionary<(long AccountId, bool IsTry), LastLogin> batch)
    {
        lock (_gate)
        {
            foreach (var (id, login) in batch)
            {
                if (_waiting.Count >= MaxWaiting) return;
                _waiting.TryAdd(id, login);
            }
        }
    }
}
