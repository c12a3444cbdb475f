using MailAdmin.Core.Passwords;

namespace MailAdmin.Provisioning.Logins;

/// <summary>Whether a password is right, as far as it can be known now.</summary>
internal enum PasswordAnswer
{
    Wrong,
    Right,

    /// <summary>Somebody guesses at this name, and others wait before this one.</summary>
    Later,
}

/// <summary>
/// Whether a password is right: what was verified before says so at once; else the hash does, in the turn of its name, names that are known
/// to be good before the others.
/// </summary>
internal sealed class PasswordCheck(PasswordHasher hasher, PasswordHashQueue lane, LoginOptions options, TimeProvider time) : IDisposable
{
    private readonly CredentialCache _verified = new(options.CacheSize, options.CacheLifetime, time);
    private readonly LoginThrottle _guesses = new(time);
    private readonly RefusalTimes _refusals = new(lane.Threads);

    public void Dispose()
    {
        _verified.Dispose();
        _guesses.Dispose();
    }

    /// <summary>Whether this password was right against this hash a while ago.</summary>
    /// <param name="name">Whose.</param>
    /// <param name="password">Its octets.</param>
    /// <param name="hash">What is stored, or null when there is nothing.</param>
    public bool IsVerified(string name, ReadOnlyMemory<byte> password, PasswordHash? hash) =>
        hash is not null && _verified.Holds(name, hash, password.Span);

    /// <summary>Asks the hash.</summary>
    /// <param name="name">Whose: guesses are counted under it.</param>
    /// <param name="password">Its octets.</param>
    /// <param name="hash">What is stored, or null when there is nothing: the answer is no then, and takes as long.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="PasswordHashQueueFullException">Too many wait already.</exception>
    public async Task<PasswordAnswer> AskAsync(
        string name, ReadOnlyMemory<byte> password, PasswordHash? hash, CancellationToken cancellationToken)
    {
        var @class = ClassOf(name);
        // What can be no name is nobody's: nothing is hashed for it, and nothing of it is remembered.
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

    /// <summary>For a password that is known to be wrong without a hash: the administrator's.</summary>
    public Task WrongAsync(string name, ReadOnlyMemory<byte> password, CancellationToken cancellationToken) =>
        _guesses.EnterAsync(name, password, cancellationToken);

    private async Task<bool> HashAsync(
        string name, ReadOnlyMemory<byte> password, PasswordHash? hash, HashClass @class, CancellationToken cancellationToken)
    {
        var sample = _refusals.Sample();
        var takes = (sample ?? TimeSpan.Zero) * PasswordHasher.HashesOf(password.Span);
        var due = _refusals.Reserve(takes);
        // A client opens several connections at once; the first one's hash answers for those behind it in the lane.
        if (hash is not null
            && await lane.RunAsync(() => IsVerified(name, password, hash) || IsRight(password, hash), @class, cancellationToken))
        {
            _verified.Add(name, hash, password.Span);
            _guesses.Succeeded(name, password);
            return true;
        }
        if (hash is null) due = Math.Max(due, await PretendAsync(password, sample is null ? null : takes, @class, cancellationToken));
        await _refusals.UntilAsync(due, cancellationToken);
        return false;
    }

    // It waits in the lane as a hash would, and takes none of its time.
    private async Task<long> PretendAsync(
        ReadOnlyMemory<byte> password, TimeSpan? takes, HashClass @class, CancellationToken cancellationToken)
    {
        await lane.RunAsync(() => takes is not null || Measure(password, () => HashDummy(password)), @class, cancellationToken);
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
        // A right one ends after its first hash.
        if (!right) _refusals.Measured(TimeProvider.System.GetElapsedTime(start) / PasswordHasher.HashesOf(password.Span));
        return right;
    }
}
