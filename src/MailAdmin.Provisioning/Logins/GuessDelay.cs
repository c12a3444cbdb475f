namespace MailAdmin.Provisioning.Logins;

/// <summary>
/// How long the next check of a name is put off after wrong guesses: nothing for the first ones, then twice as long each time. Never a
/// refusal and never a queue: no client's address comes along, so a stranger could lock a user out.
/// </summary>
internal sealed class GuessDelay(TimeProvider time)
{
    /// <summary>Wrong guesses that cost nothing: people mistype.</summary>
    public const int FreeGuesses = 3;

    /// <summary>Names remembered.</summary>
    public const int MaxNames = 10_000;

    /// <summary>The longest delay: well inside the deadline of a request, with the hashing behind it.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    /// <summary>After that without a wrong guess, a name starts anew.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Guesses> _names = new(StringComparer.Ordinal);

    public int Count
    {
        get
        {
            lock (_gate) return _names.Count;
        }
    }

    public TimeSpan For(string name)
    {
        lock (_gate)
        {
            if (!_names.TryGetValue(name, out var guesses) || IsOver(guesses) || guesses.Wrong < FreeGuesses) return TimeSpan.Zero;
            var delay = First * Math.Pow(2, guesses.Wrong - FreeGuesses);
            return delay < Longest ? delay : Longest;
        }
    }

    public void Failed(string name)
    {
        lock (_gate)
        {
            var wrong = _names.TryGetValue(name, out var guesses) && !IsOver(guesses) ? guesses.Wrong : 0;
            if (wrong == 0) MakeRoom();
            // Far beyond the longest delay; counting on would only overflow.
            _names[name] = new Guesses(Math.Min(wrong + 1, FreeGuesses + 10), time.GetTimestamp());
        }
    }

    public void Succeeded(string name)
    {
        lock (_gate) _names.Remove(name);
    }

    private bool IsOver(Guesses guesses) => time.GetElapsedTime(guesses.Last) >= Memory;

    // Looking through all of them costs less than the hash that each guess costs before.
    private void MakeRoom()
    {
        if (_names.Count < MaxNames) return;
        foreach (var (name, guesses) in _names)
        {
            if (IsOver(guesses)) _names.Remove(name);
        }

        if (_names.Count >= MaxNames) _names.Remove(_names.MinBy(n => (n.Value.Wrong >= FreeGuesses, n.Value.Last)).Key);
    }

    private sealed record Guesses(int Wrong, long Last);
}
