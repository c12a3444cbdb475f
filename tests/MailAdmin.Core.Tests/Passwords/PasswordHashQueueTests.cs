using System.Collections.Concurrent;
using MailAdmin.Core.Passwords;

namespace MailAdmin.Core.Tests.Passwords;

[Trait("Lane", "unit")]
public sealed class PasswordHashQueueTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Work_runs_on_the_lanes_own_threads_and_its_outcome_comes_back()
    {
        using var queue = new PasswordHashQueue(100, threads: 2);
        var threads = new ConcurrentBag<(string? Name, bool Pool)>();
        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(n => queue.RunAsync(() =>
        {
            threads.Add((Thread.CurrentThread.Name, Thread.CurrentThread.IsThreadPoolThread));
            return n * n;
        }, Token)));
        Assert.Equal(Enumerable.Range(0, 50).Select(n => n * n), results);
        Assert.All(threads, t => Assert.True(t is { Name: "hash 1" or "hash 2", Pool: false }));
        Assert.False(await queue.RunAsync(() => Thread.CurrentThread.IsThreadPoolThread, Token));
        Assert.True(Thread.CurrentThread.IsThreadPoolThread);
    }

    [Fact]
    public async Task A_failure_belongs_to_the_one_who_waits_and_the_lane_goes_on()
    {
        using var queue = new PasswordHashQueue(10, threads: 1);
        await Assert.ThrowsAsync<FormatException>(() => queue.RunAsync<int>(() => throw new FormatException("mine"), Token));
        Assert.Equal(1, await queue.RunAsync(() => 1, Token));
    }

    [Fact]
    public async Task A_full_lane_refuses_at_once()
    {
        using var gate = new ManualResetEventSlim();
        using var queue = new PasswordHashQueue(queueLength: 2, threads: 1);
        var running = await StartAsync(queue, gate);
        var waiting = new[] { queue.RunAsync(() => 1, Token), queue.RunAsync(() => 2, Token) };
        await Assert.ThrowsAsync<PasswordHashQueueFullException>(() => queue.RunAsync(() => 3, Token));
        gate.Set();
        await running.WaitAsync(Timeout, Token);
        var results = await Task.WhenAll(waiting).WaitAsync(Timeout, Token);
        Assert.Equal([1, 2], results);
    }

    [Fact]
    public async Task The_better_class_goes_first_and_each_in_its_order()
    {
        using var gate = new ManualResetEventSlim();
        using var queue = new PasswordHashQueue(10, threads: 1);
        var running = await StartAsync(queue, gate);
        var order = new ConcurrentQueue<string>();
        HashClass[] coming = [HashClass.Doubtful, HashClass.Usual, HashClass.Trusted, HashClass.Doubtful, HashClass.Usual,
            HashClass.Trusted];
        var jobs = coming.Select((c, n) => queue.RunAsync(() =>
        {
            order.Enqueue($"{c} {n}");
            return 0;
        }, c, Token)).ToList();
        gate.Set();
        await running;
        await Task.WhenAll(jobs).WaitAsync(Timeout, Token);
        Assert.Equal(["Trusted 2", "Trusted 5", "Usual 1", "Usual 4", "Doubtful 0", "Doubtful 3"], order);
    }

    [Fact]
    public async Task In_a_full_lane_the_newest_of_the_worst_class_gives_way()
    {
        using var gate = new ManualResetEventSlim();
        using var queue = new PasswordHashQueue(queueLength: 2, threads: 1);
        var running = await StartAsync(queue, gate);
        var (first, second) = (queue.RunAsync(() => 1, HashClass.Doubtful, Token), queue.RunAsync(() => 2, HashClass.Doubtful, Token));
        var better = queue.RunAsync(() => 3, HashClass.Usual, Token);
        await Assert.ThrowsAsync<PasswordHashQueueFullException>(() => second);
        await Assert.ThrowsAsync<PasswordHashQueueFullException>(() => queue.RunAsync(() => 4, HashClass.Doubtful, Token));
        gate.Set();
        await running;
        Assert.Equal((1, 3), (await first, await better));
    }

    [Fact]
    public async Task Who_gives_up_waiting_is_free_at_once_and_his_work_is_never_done()
    {
        using var gate = new ManualResetEventSlim();
        using var queue = new PasswordHashQueue(10, threads: 1);
        using var impatient = new CancellationTokenSource();
        var running = await StartAsync(queue, gate);
        var done = false;
        var waiting = queue.RunAsync(() => done = true, impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Timeout, Token));
        gate.Set();
        await running;
        await queue.RunAsync(() => 0, Token);
        Assert.False(done);
    }

    [Fact]
    public async Task Closing_finishes_what_runs_and_gives_up_what_waits()
    {
        using var gate = new ManualResetEventSlim();
        var queue = new PasswordHashQueue(10, threads: 1);
        var running = await StartAsync(queue, gate);
        var waiting = queue.RunAsync(() => 1, Token);
        var closing = Task.Run(queue.Dispose, Token);
        gate.Set();
        await closing.WaitAsync(Timeout, Token);
        Assert.True(await running);
        // The thread may have taken the waiting computation in the instant between.
        await Task.WhenAny(waiting).WaitAsync(Timeout, Token);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => queue.RunAsync(() => 1, Token));
        queue.Dispose();
    }

    [Fact]
    public async Task The_thread_pool_stays_free_while_a_thousand_hashes_wait()
    {
        var hasher = new PasswordHasher(new PasswordOptions { Cost = 8 });
        using var queue = new PasswordHashQueue(new PasswordOptions());
        var hashes = Enumerable.Range(0, 1_000).Select(n => queue.RunAsync(() => hasher.Hash($"password {n}"), Token)).ToList();
        for (var n = 0; n < 20; n++)
        {
            await Task.Run(() => 0, Token).WaitAsync(Timeout, Token);
        }

        // The pool has answered before the hashes were done, so it did not wait for them.
        Assert.True(queue.Waiting > 100);
        queue.Dispose();
        await Task.WhenAll(hashes).ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(Timeout, Token);
    }

    private static async Task<Task<bool>> StartAsync(PasswordHashQueue queue, ManualResetEventSlim gate)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = queue.RunAsync(() =>
        {
            started.SetResult();
            return gate.Wait(Timeout);
        }, Token);
        await started.Task.WaitAsync(Timeout, Token);
        return running;
    }
}
