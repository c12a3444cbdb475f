using MailAdmin.Provisioning.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace MailAdmin.Provisioning.Tests.Hosting;

public sealed class ResilientLoopTests : ILogger
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<(LogLevel Level, string Text)> _log = [];

    [Fact]
    public async Task A_failure_is_logged_once_waits_longer_each_time_and_its_end_is_logged_too()
    {
        var turns = new List<TimeSpan>();
        var start = _time.GetUtcNow();
        using var stop = new CancellationTokenSource();
        var loop = new ResilientLoop("Counting", _time, this);
        var running = loop.RunAsync(_ =>
        {
            turns.Add(_time.GetUtcNow() - start);
            // The loop survives any exception, also an unexpected one, and the cancellation of a wait of its own.
            return turns.Count switch
            {
                1 => throw new InvalidOperationException("first"),
                2 => throw new OperationCanceledException(),
                6 => throw new InvalidOperationException("again"),
                _ => Task.FromResult(TimeSpan.FromSeconds(10)),
            };
        }, stop.Token);

        await AdvanceAsync(() => turns.Count == 7);
        await stop.CancelAsync();
        await running;

        Assert.Equal([0, 0.5, 1.5, 11.5, 21.5, 31.5, 42], turns.Select(t => t.TotalSeconds));
        Assert.Equal(
            [
                (LogLevel.Error, "Counting failed. It is retried until it succeeds"),
                (LogLevel.Information, "Counting works again after 2 failures"),
                (LogLevel.Error, "Counting failed. It is retried until it succeeds"),
                (LogLevel.Information, "Counting works again after 1 failures"),
            ], _log);
    }

    [Fact]
    public async Task It_ends_with_the_process_in_a_pause_and_in_a_turn()
    {
        using var stop = new CancellationTokenSource();
        var pausing = new ResilientLoop("Pausing", _time, this).EveryAsync(TimeSpan.FromDays(1), _ => Task.CompletedTask, stop.Token);
        var working = new ResilientLoop("Working", _time, this).RunAsync(token => Task.Delay(Timeout.Infinite, token), stop.Token);

        await stop.CancelAsync();

        await Task.WhenAll(pausing, working).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Empty(_log);
    }

    [Fact]
    public async Task It_tells_for_how_long_no_turn_has_ended_whether_turns_fail_or_not()
    {
        var loop = new ResilientLoop("Turning", _time, this);
        _time.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal(TimeSpan.FromSeconds(7), loop.Silence);

        await loop.TryAsync(_ => throw new InvalidOperationException("a failure"), TestContext.Current.CancellationToken);

        Assert.Equal(TimeSpan.Zero, loop.Silence);
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(TimeSpan.FromSeconds(3), loop.Silence);
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _log.Add((logLevel, formatter(state, exception)));

    private async Task AdvanceAsync(Func<bool> isDone)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!isDone())
        {
            _time.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Delay(1, deadline.Token);
        }
    }
}
