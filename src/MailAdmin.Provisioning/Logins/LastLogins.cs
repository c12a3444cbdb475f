using MailAdmin.Core.Accounts;

namespace MailAdmin.Provisioning.Logins;

/// <summary>When an account signed in last, and to what.</summary>
public sealed record LastLogin(long AccountId, MailProtocols Service, DateTimeOffset At)
{
    /// <summary>Null for a sign-in; else the address with which somebody tried one, where the username alone is taken.</summary>
    public string? TriedAddress { get; init; }
}

/// <summary>
/// Gathers sign-ins, and tries with an address, the latest of each account, so that they are written together: not one transaction a login.
/// </summary>
internal sealed class LastLogins(TimeProvider time)
{
    /// <summary>
    /// Accounts whose sign-in may wait to be written; while the database is away, those that come on top are not remembered.
    /// </summary>
    public const int MaxWaiting = 100_000;

    private readonly Lock _gate = new();
    private Dictionary<(long AccountId, bool IsTry), LastLogin> _waiting = [];

    public void Add(long accountId, MailProtocols service) => Add(new LastLogin(accountId, service, time.GetUtcNow()));

    /// <returns>Whether none of this account waited to be written.</returns>
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

    /// <summary>Hands over what was gathered; takes it back when it can't be written, for the next turn.</summary>
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
