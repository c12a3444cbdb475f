namespace MailAdmin.Core.Passwords;

/// <summary>The priority of a waiting hash. Within a class, first come, first served.</summary>
public enum HashClass
{
    /// <summary>A name whose last password was right.</summary>
    Trusted,

    /// <summary>A name that was not checked before, and all hashes of the panel itself.</summary>
    Usual,

    /// <summary>A name whose password somebody is guessing.</summary>
    Doubtful,
}

/// <summary>
/// Hashes passwords on threads of its own, one per processor and below normal priority, behind a bounded queue. On the thread pool, a
/// thousand hashes would hold up every page for half a minute.
/// </summary>
public sealed class PasswordHashQueue : IDisposable
{
    private readonly LinkedList<Job>[] _classes = [.. Enum.GetValues<HashClass>().Select(_ => new LinkedList<Job>())];
    private readonly object _gate = new();
    private readonly int _queueLength;
    private readonly Thread[] _threads;
    private bool _stopping;

    /// <param name="options">Say how many jobs may wait.</param>
    public PasswordHashQueue(PasswordOptions options) : this(options.QueueLength, Environment.ProcessorCount)
    {
    }

    internal PasswordHashQueue(int queueLength, int threads)
    {
        _queueLength = queueLength;
        _threads = [.. Enumerable.Range(1, Math.Max(1, threads)).Select(n => new Thread(Work) { Name = $"hash {n}", IsBackground = true })];
        foreach (var thread in _threads) thread.Start();
    }

    /// <summary>Number of hashes that run concurrently.</summary>
    public int Threads => _threads.Length;

    /// <summary>Number of jobs that wait for a thread.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate) return _classes.Sum(c => c.Count);
        }
    }

    /// <inheritdoc cref="RunAsync{T}(Func{T}, HashClass, CancellationToken)"/>
    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken) => RunAsync(work, HashClass.Usual, cancellationToken);

    /// <summary>Runs the work on one of the queue's threads. The token cancels a waiting job; a running one is finished.</summary>
    /// <exception cref="PasswordHashQueueFullException">Too many jobs wait already, or this one gave way to a better class.</exception>
    /// <exception cref="ObjectDisposedException">The queue is closed.</exception>
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

    /// <summary>Lets the running jobs finish and cancels those that wait.</summary>
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

    // The newest job of the worst class gives way to a better one; within a class the new job is refused.
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

    // Null once the queue is closed.
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
        // The waiting caller must not continue on a thread of the queue.
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
                // Any exception is passed on to the waiting caller.
                _result.TrySetException(e);
            }
        }

        public override void Cancel(CancellationToken cancellationToken) => _result.TrySetCanceled(cancellationToken);

        public override void Refuse(Exception reason) => _result.TrySetException(reason);
    }
}

/// <summary>More hashes wait than can be computed in useful time. Try again later; it says nothing about the password.</summary>
public sealed class PasswordHashQueueFullException() : Exception("Too many passwords are waiting to be hashed.");
