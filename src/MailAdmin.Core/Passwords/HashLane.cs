using System.Collections.Concurrent;

namespace MailAdmin.Core.Passwords;

/// <summary>
/// Where passwords are hashed: threads of its own, one a processor and below normal priority, behind a bounded queue. On the thread pool
/// a thousand hashes would hold up every page for half a minute.
/// </summary>
public sealed class HashLane : IDisposable
{
    private readonly BlockingCollection<Job> _queue;
    private readonly Thread[] _threads;
    private volatile bool _stopping;

    /// <param name="options">How many jobs may wait.</param>
    public HashLane(PasswordOptions options) : this(options.QueueLength, Environment.ProcessorCount)
    {
    }

    internal HashLane(int queueLength, int threads)
    {
        _queue = new BlockingCollection<Job>(queueLength);
        _threads = [.. Enumerable.Range(1, Math.Max(1, threads)).Select(n => new Thread(Work) { Name = $"hash {n}", IsBackground = true })];
        foreach (var thread in _threads) thread.Start();
    }

    /// <summary>Jobs that wait for a thread.</summary>
    public int Waiting => _queue.Count;

    /// <summary>Runs the work on one of the lane's threads; what waits is given up when the token says so, what runs is finished.</summary>
    /// <exception cref="HashLaneFullException">Too much is waiting already; nothing was queued.</exception>
    /// <exception cref="ObjectDisposedException">The lane is closed.</exception>
    public async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_stopping, this);
        var job = new Job<T>(work);
        if (!TryQueue(job)) throw new HashLaneFullException();
        await using var registration = cancellationToken.UnsafeRegister(job.Cancel, null);
        return await job.Task;
    }

    /// <summary>Lets the running jobs finish and gives up those that wait.</summary>
    public void Dispose()
    {
        if (_stopping) return;
        _stopping = true;
        _queue.CompleteAdding();
        foreach (var thread in _threads) thread.Join();
        _queue.Dispose();
    }

    private bool TryQueue(Job job)
    {
        try
        {
            return _queue.TryAdd(job);
        }
        catch (InvalidOperationException e)
        {
            throw new ObjectDisposedException("The hash lane is closed.", e);
        }
    }

    private void Work()
    {
        ThreadPriorities.LowerCurrent();
        foreach (var job in _queue.GetConsumingEnumerable())
        {
            if (_stopping) job.Cancel(null, CancellationToken.None);
            else job.Run();
        }
    }

    private abstract class Job
    {
        public abstract void Run();

        public abstract void Cancel(object? state, CancellationToken cancellationToken);
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

        public override void Cancel(object? state, CancellationToken cancellationToken) => _result.TrySetCanceled(cancellationToken);
    }
}

/// <summary>More hashes wait than can be done in any useful time. Try again later; it says nothing about the password.</summary>
public sealed class HashLaneFullException() : Exception("Too many passwords are waiting to be hashed.");
