namespace MailAdmin.Web.Features.Sessions;

/// <summary>
/// Keeps an attacker who has the password from guessing the code: after five wrong codes in a row, one code of that admin is checked every
/// half minute, wherever it comes from. Only somebody who knows the password can delay the admin that way, and passkeys are not delayed.
/// </summary>
public sealed class SecondFactorThrottle(TimeProvider clock)
{
    internal const int Free = 5;
    internal static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<long, (int Tried, DateTimeOffset Next)> _tried = [];

    /// <summary>Counts the attempt before the code is checked, so that concurrent attempts all count.</summary>
    /// <exception cref="TooManyAttemptsException">The code is not checked.</exception>
    public void Enter(long adminId)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            var (tried, next) = _tried.GetValueOrDefault(adminId);
            if (tried >= Free && now < next)
                throw new TooManyAttemptsException($"Codes of admin {adminId} are looked at again at {next:O}.");
            _tried[adminId] = (tried + 1, now + Pause);
        }
    }

    /// <summary>Resets the count after a right code.</summary>
    public void Forget(long adminId)
    {
        lock (_lock) _tried.Remove(adminId);
    }
}
