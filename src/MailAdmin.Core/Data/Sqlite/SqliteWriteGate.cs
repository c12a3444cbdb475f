namespace MailAdmin.Core.Data.Sqlite;

/// <summary>
/// One transaction at a time. SQLite allows one writer, and waiting here is fair and cheap, while waiting in SQLite's busy handler is
/// neither. Dry runs have a queue of their own, and waiting writers go before them (docs/decisions/0019).
/// </summary>
internal sealed class SqliteWriteGate(TimeProvider clock) : IWriteGate
{
    /// <summary>While writers wait, one dry run gets its turn per interval; otherwise it could wait forever on a busy host.</summary>
    public static readonly TimeSpan DryRunInterval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource> _writers = new();
    private readonly LinkedList<TaskCompletionSource> _dryRuns = new();
    private bool _isTaken;

    // When the first waiting dry run arrived, or when the dry run before it had its turn.
    private long _dryRunsSince;

    public Task<IDisposable> EnterAsync(CancellationToken cancellationToken) => EnterAsync(_writers, cancellationToken);

    public Task<IDisposable> EnterForDryRunAsync(CancellationToken cancellationToken) => EnterAsync(_dryRuns, cancellationToken);

    private async Task<IDisposable> EnterAsync(LinkedList<TaskCompletionSource> queue, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        LinkedListNode<TaskCompletionSource> place;
        lock (_lock)
        {
            // Every turn that ends is passed to the next waiter, so nobody is waiting while the gate is free.
            if (!_isTaken)
            {
                _isTaken = true;
                return new Turn(this);
            }
            if (_dryRuns.Count == 0 && queue == _dryRuns) _dryRunsSince = clock.GetTimestamp();
            place = queue.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        await using var registration = cancellationToken.Register(() => GiveUp(place, cancellationToken));
        await place.Value.Task;
        return new Turn(this);
    }

    private void GiveUp(LinkedListNode<TaskCompletionSource> place, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            // The turn was granted already.
            if (place.List is not { } queue) return;
            queue.Remove(place);
        }
        place.Value.TrySetCanceled(cancellationToken);
    }

    private void Leave()
    {
        TaskCompletionSource? next;
        lock (_lock)
        {
            next = TakeNext();
            _isTaken = next is not null;
        }
        next?.SetResult();
    }

    private TaskCompletionSource? TakeNext()
    {
        var isDryRun = _dryRuns.Count > 0 && (_writers.Count == 0 || clock.GetElapsedTime(_dryRunsSince) >= DryRunInterval);
        var queue = isDryRun ? _dryRuns : _writers;
        if (queue.First is not { Value: var next }) return null;
        if (isDryRun) _dryRunsSince = clock.GetTimestamp();
        queue.RemoveFirst();
        return next;
    }

    private sealed class Turn(SqliteWriteGate gate) : IDisposable
    {
        private bool _isOver;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isOver, true)) return;
            gate.Leave();
        }
    }
}
