using MailAdmin.Core.Passwords;

namespace MailAdmin.Provisioning.Logins;

/// <summary>Whether a password is right, as far as it can be known now.</summary>
internal enum PasswordAnswer
{
    Wrong,
    Right,

    /// <summary>Somebody is guessing at this name, and other requests are ahead of this one.</summary>
    Later,
}

/// <summary>
/// Checks passwords. A password that was verified recently is accepted immediately; otherwise the hash decides, when the name's turn has
/// come. Names that had a right password recently are hashed before the others.
/// </summary>
internal sealed class PasswordCheck(PasswordHasher hasher, PasswordHashQueue queue, LoginOptions options, TimeProvider time) : IDisposable
{
    private readonly CredentialCache _verified = new(options.CacheSize, options.CacheLifetime, time);
    private readonly LoginThrottle _guesses = new(time);
    private readonly RefusalTimes _refusals = new(queue.Threads);

    public void Dispose()
    {
        _verified.Dispose();
        _guesses.Dispose();
    }

    /// <summary>Whether this password was verified against this hash recently.</summary>
    /// <param name="name">The username.</param>
    /// <param name="password">Its octets.</param>
    /// <param name="hash">The stored hash, or null if there is none.</param>
    public bool IsVerified(string name, ReadOnlyMemory<byte> password, PasswordHash? hash) =>
        hash is not null && _verified.Holds(name, hash, password.Span);

    /// <summary>Checks the password against the hash.</summary>
    /// <param name="name">The username, under which guesses are counted.</param>
    /// <param name="password">Its octets.</param>
    /// <param name="hash">The stored hash, or null if there is none: the answer is then Wrong, and takes as long.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="PasswordHashQueueFullException">Too many checks are waiting already.</exception>
    public async Task<PasswordAnswer> AskAsync(
        string name, ReadOnlyMemory<byte> password, PasswordHash? hash, CancellationToken cancellationToken)
    {
        var @class = ClassOf(name);
        // An empty name belongs to no account: it has no hash to verify, and its guesses are not remembered.
        if (name.Length > 0 && !await _guesses.EnterAsync(name, password, cancellationToken)) return PasswordAnswer.Later;
        try
        {
            return await HashAsync(name, password, hash, @class, cancellationToken) ? PasswordAnswer.Right : PasswordAnswer.Wrong;
        }
        catch
        {
            _guesses.Undecided(name);
            throw;
        }
    }

    /// <summary>Counts a guess that is known to be wrong without a hash: one at the administrator's password.</summary>
    public Task WrongAsync(string name, ReadOnlyMemory<byte> password, CancellationToken cancellationToken) =>
        _guesses.EnterAsync(name, password, cancellationToken);

    private async Task<bool> HashAsync(
        string name, ReadOnlyMemory<byte> password, PasswordHash? hash, HashClass @class, CancellationToken cancellationToken)
    {
        var sample = _refusals.Sample();
        var takes = (sample ?? TimeSpan.Zero) * PasswordHasher.HashesOf(password.Span);
        var due = _refusals.Reserve(takes);
        // A client opens several connections at the same time; the first one's hash answers for those that wait behind it in the queue.
        if (hash is not null
            && await queue.RunAsync(() => IsVerified(name, password, hash) || IsRight(password, hash), @class, cancellationToken))
        {
            _verified.Add(name, hash, password.Span);
            _guesses.Succeeded(name, password);
            return true;
        }
        if (hash is null) due = Math.Max(due, await PretendAsync(password, sample is null ? null : takes, @class, cancellationToken));
        await _refusals.UntilAsync(due, cancellationToken);
        return false;
    }

    // Wait in the queue as a real hash would, without taking its time.
    private async Task<long> PretendAsync(
        ReadOnlyMemory<byte> password, TimeSpan? takes, HashClass @class, CancellationToken cancellationToken)
    {
        await queue.RunAsync(() => takes is not null || Measure(password, () => HashDummy(password)), @class, cancellationToken);
        return _refusals.In(takes ?? TimeSpan.Zero);
    }

    private HashClass ClassOf(string name) =>
        _guesses.IsDoubtful(name) ? HashClass.Doubtful : _verified.Knows(name) ? HashClass.Trusted : HashClass.Usual;

    private bool IsRight(ReadOnlyMemory<byte> password, PasswordHash hash) => Measure(password, () => hasher.Verify(password.Span, hash));

    private bool HashDummy(ReadOnlyMemory<byte> password)
    {
        hasher.VerifyDummy(password.Span);
        return false;
    }

    private bool Measure(ReadOnlyMemory<byte> password, Func<bool> check)
    {
        var start = TimeProvider.System.GetTimestamp();
        var right = check();
        // A right password ends after its first hash, so it gives no measure.
        if (!right) _refusals.Measured(TimeProvider.System.GetElapsedTime(start) / PasswordHasher.HashesOf(password.Span));
        return right;
    }
}
