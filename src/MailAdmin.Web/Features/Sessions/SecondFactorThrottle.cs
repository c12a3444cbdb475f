namespace MailAdmin.Web.Features.Sessions;

/// <summary>
/// Whoever has the password is to guess no code: after five wrong ones in a row an admin's next is looked at once in half a minute,
/// wherever it comes from. Only who knows their password can hold them up so, and a passkey is not held up.
/// </summary>
public sealed class SecondFactorThrottle(TimeProvider clock)
{
    internal const int Free = 5;
    internal static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<long, (int Tried, DateTimeOffset Next)> _tried = [];

    /// <summary>Counts the attempt before it is looked at, so that many at once count as many.</summary>
    /// <exception cref="TooManyAttemptsException">It is not looked at.</exception>
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

    /// <summary>The code was right.</summary>
    public void Forget(long adminId)
    {
        lock (_lock) _tried.Remove(adminId);
    }
}
