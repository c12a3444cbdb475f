namespace MailAdmin.Provisioning.Logins;

/// <summary>A name for which passwords are being tried.</summary>
internal sealed class GuessedName
{
    public int Wrong { get; set; }

    /// <summary>Timestamp of the latest check that passed.</summary>
    public long Last { get; set; }

    /// <summary>The interval from then to the next check.</summary>
    public TimeSpan NextAfter { get; set; }

    /// <summary>Fires when the next waiting request may pass.</summary>
    public ITimer? Timer { get; set; }

    public List<TurnWaiter> Waiting { get; } = [];

    public bool IsFree(TimeProvider time) =>
        Waiting.Count == 0 && (Wrong < LoginThrottle.FreeGuesses || time.GetElapsedTime(Last) >= NextAfter);
}

internal sealed class TurnWaiter(GuessTicket ticket)
{
    public GuessTicket Ticket => ticket;

    public TaskCompletionSource<bool> Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
