namespace MailAdmin.Core.Passwords;

/// <summary>Whose hash goes first when several wait. Within a class the first to come is the first to go.</summary>
public enum HashClass
{
    /// <summary>A name whose last password was right.</summary>
    Trusted,

    /// <summary>A name that was not checked before, and whatever the panel hashes itself.</summary>
    Usual,

    /// <summary>A name at which somebody guesses.</summary>
    Doubtful,
}

/// <summary>
/// Where passwords are hashed: threads of its own, one a processor and below normal priority, behind a bounded queue. On the thread pool
/// a thousand hashes would hold up every page for half a minute.
/// </summary>
public sealed class PasswordHashQueue : IDisposable
{
    private readonly LinkedList<Job>[] _classes = [.. Enum.GetValues<HashClass>().Select(_ => new LinkedList<Job>())];
    private readonly object _gate = new();
    private readonly int _queueLength;
    private readonly Thread[] _threads;
    private bool _stopping;

    /// <param name="options">How many jobs may wait.</param>
    public PasswordHashQueue(PasswordOptions options) : this(options.QueueLength, Environment.ProcessorCount)
    {
    }

    internal PasswordHashQueue(int queueLength, int threads)
    {
        _queueLength = queueLength;
        _threads = [.. Enumerable.Range(1, Math.Max(1, threads)).Select(n => new Thread(Work) { Name = $"hash {n}", IsBackground = true })];
        foreach (var thread in _threads) thread.Start();
    }

    /// <summary>Hashes that run at the same time.</summary>
    public int Threads => _threads.Length;

    /// <summary>Jobs that wait for a thread.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate) return _classes.Sum(c => c.Count);
        }
    }

    /// <inheritdoc cref="RunAsync{T}(Func{T}, HashClass, CancellationToken)"/>
    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken) => RunAsync(work, HashClass.Usual, cancellationToken);

    /// <summary>Runs the work on one of the lane's threads; what waits is given up when the token says so, what runs is finished.</summary>
    /// <exception cref="PasswordHashQueueFullException">Too much is waiting already, or gave its place to a better class.</exception>
    /// <exception cref="ObjectDisposedException">The lane is closed.</exception>
    public async Task<T> RunAsync<T>(Func<T> work, HashClass @class, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var job = new Job<T>(work);
        var place = Enqueue(job, @class);
        await using var registration = cancellationToken.UnsafeRegister((_, token) =>
        {
            Leave(place);
            job.Cancel(token);
        }, null);
        return await job.Task;
    }

    /// <summary>Lets the running jobs finish and gives up those that wait.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopping = true;
            foreach (var waiting in _classes)
            {
                foreach (var job in waiting) job.Cancel(CancellationToken.None);
                waiting.Clear();
            }
            Monitor.PulseAll(_gate);
        }
        foreach (var thread in _threads) thread.Join();
    }

    private LinkedListNode<Job> Enqueue(Job job, HashClass @class)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopping, this);
            if (Waiting >= _queueLength) MakeRoom(@class);
            var place = _classes[(int)@class].AddLast(job);
            Monitor.Pulse(_gate);
            return place;
        }
    }

    // The newest of the worst class gives way to a better one; within a class the newcomer is refused.
    private void MakeRoom(HashClass @class)
    {
        for (var worse = _classes.Length - 1; worse > (int)@class; worse--)
        {
            if (_classes[worse].Last is not { } last) continue;
            _classes[worse].Remove(last);
            last.Value.Refuse(new PasswordHashQueueFullException());
            return;
        }
        throw new PasswordHashQueueFullException();
    }

    private void Leave(LinkedListNode<Job> place)
    {
        lock (_gate) place.List?.Remove(place);
    }

    private void Work()
    {
        ThreadPriorities.LowerCurrent();
        while (Next() is { } job) job.Run();
    }

    // Null when the lane is closed.
    private Job? Next()
    {
        lock (_gate)
        {
            for (; ; )
            {
                if (_stopping) return null;
                if (_classes.FirstOrDefault(c => c.Count > 0)?.First is { } first)
                {
                    first.List!.Remove(first);
                    return first.Value;
                }
                Monitor.Wait(_gate);
            }
        }
    }

    private abstract class Job
    {
        public abstract void Run();

        public abstract void Cancel(CancellationToken cancellationToken);

        public abstract void Refuse(Exception reason);
    }

    private sealed class Job<T>(Func<T> work) : Job
    {
        // The one who waits must not go on in the lane.
        private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<T> Task => _result.Task;

        public override void Run()
        {
            if (_result.Task.IsCompleted) return;
            try
            {
                _result.TrySetResult(work());
            }
            catch (Exception e)
            {
                // Whatever it was, it belongs to the one who waits.
                _result.TrySetException(e);
            }
        }

        public override void Cancel(CancellationToken cancellationToken) => _result.TrySetCanceled(cancellationToken);

        public override void Refuse(Exception reason) => _result.TrySetException(reason);
    }
}

/// <summary>More hashes wait than can be done in any useful time. Try again later; it says nothing about the password.</summary>
public sealed class PasswordHashQueueFullException() : Exception("Too many passwords are waiting to be hashed.");
