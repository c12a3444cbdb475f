using System.Collections.Concurrent;
using MailAdmin.Core.Passwords;

namespace MailAdmin.Core.Tests.Passwords;

[Trait("Lane", "unit")]
public sealed class PasswordHashQueueTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Work_runs_on_the_lanes_own_threads_and_its_outcome_comes_back()
    {
        using var lane = new PasswordHashQueue(100, threads: 2);
        var threads = new ConcurrentBag<(string? Name, bool Pool)>();
        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(n => lane.RunAsync(() =>
        {
            threads.Add((Thread.CurrentThread.Name, Thread.CurrentThread.IsThreadPoolThread));
            return n * n;
        }, Token)));
        Assert.Equal(Enumerable.Range(0, 50).Select(n => n * n), results);
        Assert.All(threads, t => Assert.True(t is { Name: "hash 1" or "hash 2", Pool: false }));
        Assert.False(await lane.RunAsync(() => Thread.CurrentThread.IsThreadPoolThread, Token));
        Assert.True(Thread.CurrentThread.IsThreadPoolThread);
    }

    [Fact]
    public async Task A_failure_belongs_to_the_one_who_waits_and_the_lane_goes_on()
    {
        using var lane = new PasswordHashQueue(10, threads: 1);
        await Assert.ThrowsAsync<FormatException>(() => lane.RunAsync<int>(() => throw new FormatException("mine"), Token));
        Assert.Equal(1, await lane.RunAsync(() => 1, Token));
    }

    [Fact]
    public async Task A_full_lane_refuses_at_once()
    {
        using var gate = new ManualResetEventSlim();
        using var lane = new PasswordHashQueue(queueLength: 2, threads: 1);
        var running = await StartAsync(lane, gate);
        var waiting = new[] { lane.RunAsync(() => 1, Token), lane.RunAsync(() => 2, Token) };
        await Assert.ThrowsAsync<PasswordHashQueueFullException>(() => lane.RunAsync(() => 3, Token));
        gate.Set();
        await running.WaitAsync(Patience, Token);
        var results = await Task.WhenAll(waiting).WaitAsync(Patience, Token);
        Assert.Equal([1, 2], results);
    }

    [Fact]
    public async Task The_better_class_goes_first_and_each_in_its_order()
    {
        using var gate = new ManualResetEventSlim();
        using var lane = new PasswordHashQueue(10, threads: 1);
        var running = await StartAsync(lane, gate);
        var order = new ConcurrentQueue<string>();
        HashClass[] coming = [HashClass.Doubtful, HashClass.Usual, HashClass.Trusted, HashClass.Doubtful, HashClass.Usual,
            HashClass.Trusted];
        var jobs = coming.Select((c, n) => lane.RunAsync(() =>
        {
            order.Enqueue($"{c} {n}");
            return 0;
        }, c, Token)).ToList();
        gate.Set();
        await running;
        await Task.WhenAll(jobs).WaitAsync(Patience, Token);
        Assert.Equal(["Trusted 2", "Trusted 5", "Usual 1", "Usual 4", "Doubtful 0", "Doubtful 3"], order);
    }

    [Fact]
    public async Task In_a_full_lane_the_newest_of_the_worst_class_gives_way()
    {
        using var gate = new ManualResetEventSlim();
        using var lane = new PasswordHashQueue(queueLength: 2, threads: 1);
        var running = await StartAsync(lane, gate);
        var (first, second) = (lane.RunAsync(() => 1, HashClass.Doubtful, Token), lane.RunAsync(() => 2, HashClass.Doubtful, Token));
        var better = lane.RunAsync(() => 3, HashClass.Usual, Token);
        await Assert.ThrowsAsync<PasswordHashQueueFullException>(() => second);
        await Assert.ThrowsAsync<PasswordHashQueueFullException>(() => lane.RunAsync(() => 4, HashClass.Doubtful, Token));
        gate.Set();
        await running;
        Assert.Equal((1, 3), (await first, await better));
    }

    [Fact]
    public async Task Who_gives_up_waiting_is_free_at_once_and_his_work_is_never_done()
    {
        using var gate = new ManualResetEventSlim();
        using var lane = new PasswordHashQueue(10, threads: 1);
        using var impatient = new CancellationTokenSource();
        var running = await StartAsync(lane, gate);
        var done = false;
        var waiting = lane.RunAsync(() => done = true, impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Patience, Token));
        gate.Set();
        await running;
        await lane.RunAsync(() => 0, Token);
        Assert.False(done);
    }

    [Fact]
    public async Task Closing_finishes_what_runs_and_gives_up_what_waits()
    {
        using var gate = new ManualResetEventSlim();
        var lane = new PasswordHashQueue(10, threads: 1);
        var running = await StartAsync(lane, gate);
        var waiting = lane.RunAsync(() => 1, Token);
        var closing = Task.Run(lane.Dispose, Token);
        gate.Set();
        await closing.WaitAsync(Patience, Token);
        Assert.True(await running);
        // The thread may have taken the waiting computation in the instant between.
        await Task.WhenAny(waiting).WaitAsync(Patience, Token);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => lane.RunAsync(() => 1, Token));
        lane.Dispose();
    }

    [Fact]
    public async Task The_thread_pool_stays_free_while_a_thousand_hashes_wait()
    {
        var hasher = new PasswordHasher(new PasswordOptions { Cost = 8 });
        using var lane = new PasswordHashQueue(new PasswordOptions());
        var hashes = Enumerable.Range(0, 1_000).Select(n => lane.RunAsync(() => hasher.Hash($"password {n}"), Token)).ToList();
        for (var n = 0; n < 20; n++)
        {
            await Task.Run(() => 0, Token).WaitAsync(Patience, Token);
        }

        // The pool has answered before the hashes were done, so it did not wait for them.
        Assert.True(lane.Waiting > 100);
        lane.Dispose();
        await Task.WhenAll(hashes).ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(Patience, Token);
    }

    private static async Task<Task<bool>> StartAsync(PasswordHashQueue lane, ManualResetEventSlim gate)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = lane.RunAsync(() =>
        {
            started.SetResult();
            return gate.Wait(Patience);
        }, Token);
        await started.Task.WaitAsync(Patience, Token);
        return running;
    }
}
