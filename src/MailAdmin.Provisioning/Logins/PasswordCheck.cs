using MailAdmin.Core.Passwords;

namespace MailAdmin.Provisioning.Logins;

/// <summary>Whether a password is right: what was verified before says so at once; else the hash does, behind the delay after wrong guesses.</summary>
internal sealed class PasswordCheck(PasswordHasher hasher, HashLane lane, LoginOptions options, TimeProvider time) : IDisposable
{
    private readonly VerifiedCredentials _verified = new(options.CacheSize, options.CacheLifetime, time);
    private readonly GuessDelay _guesses = new(time);

    public void Dispose() => _verified.Dispose();

    /// <summary>Whether this password was right against this hash a while ago.</summary>
    /// <param name="name">Whose.</param>
    /// <param name="password">Its octets.</param>
    /// <param name="hash">What is stored, or null when there is nothing.</param>
    public bool IsVerified(string name, ReadOnlyMemory<byte> password, PasswordHash? hash) =>
        hash is not null && _verified.Holds(name, hash, password.Span);

    /// <summary>Asks the hash.</summary>
    /// <param name="name">Whose: wrong guesses are counted under it.</param>
    /// <param name="password">Its octets.</param>
    /// <param name="hash">What is stored, or null when there is nothing: the answer is no then, and takes as long.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="HashLaneFullException">Too many wait already.</exception>
    public async Task<bool> IsRightAsync(string name, ReadOnlyMemory<byte> password, PasswordHash? hash, CancellationToken cancellationToken)
    {
        await DelayAsync(name, cancellationToken);
        // A client opens several connections at once; the first one's hash answers for those behind it in the lane.
        var right = await lane.RunAsync(() => IsVerified(name, password, hash) || Hashes(password, hash), cancellationToken);
        if (!right || hash is null)
        {
            _guesses.Failed(name);
            return false;
        }

        _verified.Add(name, hash, password.Span);
        _guesses.Succeeded(name);
        return true;
    }

    /// <summary>For a password that is known to be wrong without a hash: the administrator's.</summary>
    public async Task WrongAsync(string name, CancellationToken cancellationToken)
    {
        await DelayAsync(name, cancellationToken);
        _guesses.Failed(name);
    }

    private Task DelayAsync(string name, CancellationToken cancellationToken)
    {
        var delay = _guesses.For(name);
        return delay == TimeSpan.Zero ? Task.CompletedTask : Task.Delay(delay, time, cancellationToken);
    }

    private bool Hashes(ReadOnlyMemory<byte> password, PasswordHash? hash)
    {
        if (hash is not null) return hasher.Verify(password.Span, hash);
        hasher.VerifyDummy(password.Span);
        return false;
    }
}
