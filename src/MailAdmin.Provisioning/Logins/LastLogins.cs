using MailAdmin.Core.Accounts;

namespace MailAdmin.Provisioning.Logins;

/// <summary>An account's latest sign-in, and the service that it used.</summary>
public sealed record LastLogin(long AccountId, MailProtocols Service, DateTimeOffset At)
{
    /// <summary>
    /// Null for a sign-in; otherwise the address that somebody tried to sign in with, where only the username is accepted.
    /// </summary>
    public string? TriedAddress { get; init; }

    /// <summary>The stored hash and the one that replaces it; null for a sign-in or an attempt.</summary>
    public RenewedHash? Renewed { get; init; }
}

/// <param name="Before">It is replaced only if it is still the stored one.</param>
public sealed record RenewedHash(string Before, string After)
{
    /// <summary>Without the values, because a hash in a log can be cracked.</summary>
    public override string ToString() => nameof(RenewedHash);
}

/// <summary>
/// Collects the latest sign-in of each account, its latest attempt with an address, and its password's new hash, to write them in batches
/// instead of one transaction for each login.
/// </summary>
internal sealed class LastLogins(TimeProvider time)
{
    /// <summary>
    /// The most accounts whose sign-in may wait to be written; while the database is unavailable, further accounts are not recorded.
    /// </summary>
    public const int MaxWaiting = 100_000;

    private readonly Lock _gate = new();
    private Dictionary<(long AccountId, Kind Kind), LastLogin> _waiting = [];

    private enum Kind
    {
        SignIn,
        Try,
        Renewal,
    }

    public void Add(long accountId, MailProtocols service) => Add(new LastLogin(accountId, service, time.GetUtcNow()));

    /// <returns>True if no attempt of this account was waiting to be written.</returns>
    public bool AddTried(long accountId, MailProtocols service, string address) =>
        Add(new LastLogin(accountId, service, time.GetUtcNow()) { TriedAddress = address });

    public void AddRenewed(long accountId, RenewedHash hash) =>
        Add(new LastLogin(accountId, MailProtocols.None, time.GetUtcNow()) { Renewed = hash });

    private bool Add(LastLogin login)
    {
        var key = (login.AccountId, login.Renewed is not null ? Kind.Renewal : login.TriedAddress is not null ? Kind.Try : Kind.SignIn);
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

    private Dictionary<(long AccountId, Kind Kind), LastLogin> Take()
    {
        lock (_gate)
        {
            var batch = _waiting;
            _waiting = [];
            return batch;
        }
    }

    private void PutBack(Dictionary<(long AccountId, Kind Kind), LastLogin> batch)
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
