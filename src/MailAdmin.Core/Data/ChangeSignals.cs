namespace MailAdmin.Core.Data;

/// <summary>Wakes whoever waits for a commit in this process; other processes notice it by looking.</summary>
public sealed class ChangeSignals
{
    /// <summary>A task was committed: the worker's.</summary>
    public Signal Outbox { get; } = new();

    /// <summary>Map rows were committed: the follower's.</summary>
    public Signal Maps { get; } = new();

    /// <summary>Map rows were committed that will change again in a moment, when their mailbox is there.</summary>
    public Signal MapsAheadOfMailbox { get; } = new();

    /// <summary>The worker or the follower finished something: a page's that waits for it.</summary>
    public Signal Progress { get; } = new();

    internal void Raise(MailWrite write)
    {
        if (write.HasNewTasks) Outbox.Raise();
        if (write.HasMapRows) (write.EnqueuesMailbox ? MapsAheadOfMailbox : Maps).Raise();
    }
}

/// <summary>A bell: everybody who waits is woken by the next ring.</summary>
public sealed class Signal
{
    private volatile TaskCompletionSource _next = New();

    /// <summary>The coming ring. Take it before looking at what it announces, so that no ring falls in between.</summary>
    public Task Next => _next.Task;

    public void Raise() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
