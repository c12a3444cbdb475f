namespace MailAdmin.Provisioning.Logins;

/// <summary>
/// Lets the password checks of a name pass one at a time once somebody guesses at it. The first guesses are free; then the interval between
/// two checks doubles each time, however many connections ask. The requests carry no client address, so a stranger can't be told from the
/// owner. The password that has waited longest goes next, and it keeps its place while its client tries again: each guess costs the owner
/// one turn at most.
/// </summary>
internal sealed class LoginThrottle(TimeProvider time) : IDisposable
{
    /// <summary>Wrong guesses without a delay: users mistype.</summary>
    public const int FreeGuesses = 3;

    /// <summary>The most names that are remembered.</summary>
    public const int MaxNames = 10_000;

    /// <summary>The longest interval between two checks of a name.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    /// <summary>The longest wait of one request for its turn: well within its deadline, including the hashing that follows.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(3);

    /// <summary>After this time without a guess, a name starts over.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, GuessedName> _names = new(StringComparer.Ordinal);
    private readonly GuessTickets _tickets = new(time);

    public int Count
    {
        get
        {
            lock (_gate) return _names.Count;
        }
    }

    public void Dispose() => _tickets.Dispose();

    /// <summary>
    /// Waits until this password may be checked. It counts as wrong until it is known to be right, so that concurrent checks count as well.
    /// </summary>
    /// <returns>False if others are ahead of it for too long. The same password keeps its place for the next try.</returns>
    public async Task<bool> EnterAsync(string name, ReadOnlyMemory<byte> password, CancellationToken cancellationToken)
    {
        TurnWaiter waiter;
        lock (_gate)
        {
            var guessed = Find(name);
            if (guessed.IsFree(time)) return Admit(guessed);
            waiter = new TurnWaiter(_tickets.TakeFor(name, password.Span));
            guessed.Waiting.Add(waiter);
            Schedule(guessed);
        }
        try
        {
            return await waiter.Turn.Task.WaitAsync(MaxWait, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return GiveUp(name, waiter);
        }
        catch (OperationCanceledException)
        {
            GiveUp(name, waiter);
            throw;
        }
    }

    /// <summary>Whether so many wrong guesses at the name are remembered that its checks are delayed.</summary>
    public bool IsDoubtful(string name)
    {
        lock (_gate) return _names.TryGetValue(name, out var guessed) && !IsOver(guessed) && guessed.Wrong >= FreeGuesses;
    }

    /// <summary>Records that the checked password was right. Its client's other connections pass immediately.</summary>
    public void Succeeded(string name, ReadOnlyMemory<byte> password)
    {
        lock (_gate)
        {
            if (!_names.TryGetValue(name, out var guessed)) return;
            if (guessed.Waiting.Count == 0)
            {
                _names.Remove(name);
                return;
            }
            guessed.Wrong = 0;
            var ticket = _tickets.TakeFor(name, password.Span);
            foreach (var same in guessed.Waiting.Where(w => w.Ticket.IsSame(ticket)).ToList())
            {
                guessed.Waiting.Remove(same);
                same.Turn.TrySetResult(true);
            }
        }
    }

    /// <summary>Records that the password passed, but could not be checked.</summary>
    public void Undecided(string name)
    {
        lock (_gate)
        {
            if (_names.TryGetValue(name, out var guessed) && guessed.Wrong > 0) guessed.Wrong--;
        }
    }

    private GuessedName Find(string name)
    {
        if (_names.TryGetValue(name, out var guessed) && !IsOver(guessed)) return guessed;
        if (guessed is null) MakeRoom();
        return _names[name] = new GuessedName();
    }

    private bool Admit(GuessedName guessed)
    {
        guessed.Last = time.GetTimestamp();
        guessed.Wrong = Math.Min(guessed.Wrong + 1, FreeGuesses + 10);
        guessed.NextAfter = DelayAfter(guessed.Wrong);
        return true;
    }

    internal static TimeSpan DelayAfter(int wrong)
    {
        if (wrong < FreeGuesses) return TimeSpan.Zero;
        var delay = First * Math.Pow(2, wrong - FreeGuesses);
        return delay < Longest ? delay : Longest;
    }

    // One timer for each name, while requests wait for it.
    private void Schedule(GuessedName guessed)
    {
        if (guessed.Timer is not null || guessed.Waiting.Count == 0) return;
        var left = guessed.NextAfter - time.GetElapsedTime(guessed.Last);
        guessed.Timer = time.CreateTimer(
            _ => LetNextThrough(guessed), null, left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private void LetNextThrough(GuessedName guessed)
    {
        lock (_gate)
        {
            guessed.Timer?.Dispose();
            guessed.Timer = null;
            if (guessed.Waiting.MinBy(w => w.Ticket.Since) is not { } next) return;
            guessed.Waiting.Remove(next);
            Admit(guessed);
            next.Turn.TrySetResult(true);
            Schedule(guessed);
        }
    }

    // True if its turn came at the same moment.
    private bool GiveUp(string name, TurnWaiter waiter)
    {
        lock (_gate)
        {
            if (waiter.Turn.Task.IsCompleted) return true;
            waiter.Turn.TrySetResult(false);
            if (_names.TryGetValue(name, out var guessed)) guessed.Waiting.Remove(waiter);
            return false;
        }
    }

    private bool IsOver(GuessedName guessed) =>
        guessed.Waiting.Count == 0 && guessed.Wrong > 0 && time.GetElapsedTime(guessed.Last) >= Memory;

    // Remove a tenth at a time, so that a flood of names does not search all of them each time. Names that are being guessed at go last.
    private void MakeRoom()
    {
        if (_names.Count < MaxNames) return;
        var least = _names.OrderBy(n => (!IsOver(n.Value), n.Value.Waiting.Count > 0, n.Value.Wrong >= FreeGuesses, n.Value.Last))
            .Take(MaxNames / 10);
        foreach (var (name, _) in least.ToList()) _names.Remove(name);
    }
}
