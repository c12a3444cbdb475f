using Microsoft.Extensions.Logging;

namespace MailAdmin.Provisioning.Hosting;

/// <summary>
/// Background work that a process repeats until it stops. No failure ends it: the loop logs the first of consecutive failures with its
/// exception, waits longer after each further one (<see cref="RetrySchedule"/>), and logs the first success afterwards.
/// </summary>
/// <param name="work">The subject of both log sentences: "Wiping expired links".</param>
public sealed class ResilientLoop(string work, TimeProvider time, ILogger log)
{
    private long _turned = time.GetTimestamp();

    /// <summary>The number of consecutive failures; 0 after a success.</summary>
    public int Failures { get; private set; }

    /// <summary>The time since the last turn ended, whether it failed or not; since the loop was made before the first one.</summary>
    public TimeSpan Silence => time.GetElapsedTime(Volatile.Read(ref _turned));

    /// <summary>Runs <paramref name="turn"/> after each <paramref name="interval"/>; the first run waits one interval as well.</summary>
    public async Task EveryAsync(TimeSpan interval, Func<CancellationToken, Task> turn, CancellationToken stoppingToken)
    {
        await PauseAsync(interval, stoppingToken);
        await RunAsync(async token =>
        {
            await turn(token);
            return interval;
        }, stoppingToken);
    }

    /// <summary>Runs <paramref name="turn"/> immediately, and again as soon as it has ended.</summary>
    public Task RunAsync(Func<CancellationToken, Task> turn, CancellationToken stoppingToken) => RunAsync(async token =>
    {
        await turn(token);
        return TimeSpan.Zero;
    }, stoppingToken);

    /// <param name="turn">Returns the pause before the next turn. After a failure, the retry pause is added to the last one.</param>
    /// <param name="stoppingToken">Ends the loop, without an exception.</param>
    public async Task RunAsync(Func<CancellationToken, Task<TimeSpan>> turn, CancellationToken stoppingToken)
    {
        var pause = TimeSpan.Zero;
        while (!stoppingToken.IsCancellationRequested)
        {
            var failed = !await TryAsync(async token => { pause = await turn(token); }, stoppingToken);
            await PauseAsync(failed ? pause + RetrySchedule.Pause(Failures, refused: false) : pause, stoppingToken);
        }
    }

    /// <summary>Runs one turn, with the same log sentences as in the loop.</summary>
    /// <returns>Whether the turn succeeded; also false when the process stops.</returns>
    public async Task<bool> TryAsync(Func<CancellationToken, Task> turn, CancellationToken stoppingToken)
    {
        try
        {
            await turn(stoppingToken);
            if (Failures > 0) log.LoopRecovered(work, Failures);
            Failures = 0;
            return true;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception e)
        {
            if (++Failures == 1) log.LoopFailed(e, work);
            return false;
        }
        finally
        {
            Volatile.Write(ref _turned, time.GetTimestamp());
        }
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken stoppingToken)
    {
        if (pause > TimeSpan.Zero) await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
