using MailAdmin.Core.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace MailAdmin.Core.Tests.Data;

public sealed class WriteGateTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly SqliteWriteGate _gate;
    private readonly List<string> _order = [];

    public WriteGateTests() => _gate = new(_clock);

    [Fact]
    public async Task Writers_go_in_their_order_and_before_a_dry_run_that_came_earlier()
    {
        var first = await _gate.EnterAsync(default);
        var all = new[] { QueueDryRunAsync("dry"), QueueAsync("a"), QueueAsync("b") };

        first.Dispose();
        await Task.WhenAll(all);

        Assert.Equal(["a", "b", "dry"], _order);
    }

    [Fact]
    public async Task While_writers_wait_one_dry_run_goes_in_each_interval()
    {
        var first = await _gate.EnterAsync(default);
        var all = new[] { QueueDryRunAsync("dry 1"), QueueDryRunAsync("dry 2"), QueueAsync("a"), QueueAsync("b") };
        _clock.Advance(SqliteWriteGate.DryRunInterval);

        first.Dispose();
        await Task.WhenAll(all);

        Assert.Equal(["dry 1", "a", "b", "dry 2"], _order);
    }

    [Fact]
    public async Task Whoever_gives_up_waiting_holds_nobody_up()
    {
        var first = await _gate.EnterAsync(default);
        using var gone = new CancellationTokenSource();
        var waiting = _gate.EnterForDryRunAsync(gone.Token);
        var writer = QueueAsync("a");

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        first.Dispose();
        await writer;

        (await _gate.EnterAsync(default)).Dispose();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _gate.EnterAsync(gone.Token));
    }

    [Fact]
    public async Task A_turn_that_is_handed_on_twice_lets_one_in()
    {
        var first = await _gate.EnterAsync(default);
        var (second, third) = (_gate.EnterAsync(default), _gate.EnterAsync(default));

        first.Dispose();
        first.Dispose();

        var turn = await second;
        Assert.False(third.IsCompleted);
        turn.Dispose();
        (await third).Dispose();
    }

    private Task QueueAsync(string name) => TakeAsync(_gate.EnterAsync(default), name);

    private Task QueueDryRunAsync(string name) => TakeAsync(_gate.EnterForDryRunAsync(default), name);

    private async Task TakeAsync(Task<IDisposable> entering, string name)
    {
        using var turn = await entering;
        _order.Add(name);
    }
}
