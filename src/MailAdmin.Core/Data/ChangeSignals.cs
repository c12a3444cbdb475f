namespace MailAdmin.Core.Data;

/// <summary>Wakes waiters in this process after a commit; other processes notice a commit by polling.</summary>
public sealed class ChangeSignals
{
    /// <summary>A job was committed: wakes the worker.</summary>
    public Signal Outbox { get; } = new();

    /// <summary>Map rows were committed: wakes the follower.</summary>
    public Signal Maps { get; } = new();

    /// <summary>Map rows were committed that change again in a moment, when their mailbox has been created.</summary>
    public Signal MapsAheadOfMailbox { get; } = new();

    /// <summary>The worker or the follower finished something: wakes a page that waits for it.</summary>
    public Signal Progress { get; } = new();

    internal void Raise(MailWrite write)
    {
        if (write.HasNewJobs) Outbox.Raise();
        if (write.HasMapRows) (write.EnqueuesMailbox ? MapsAheadOfMailbox : Maps).Raise();
    }
}

/// <summary>Wakes everybody who waits for it, once per <see cref="Raise"/>.</summary>
public sealed class Signal
{
    private volatile TaskCompletionSource _next = New();

    /// <summary>Completes at the next raise. Take it before reading the state that it announces, so that no raise is missed.</summary>
    public Task Next => _next.Task;

    public void Raise() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
