using System.Diagnostics;

namespace MailAdmin.Testing;

/// <summary>
/// Waits for what other threads, processes or servers do, with a deadline. A test never sleeps for a fixed time instead.
/// </summary>
public static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <inheritdoc cref="HoldsAsync(Func{Task}, TimeSpan?)"/>
    public static Task HoldsAsync(Action assertion, TimeSpan? within = null) => HoldsAsync(
        () =>
        {
            assertion();
            return Task.CompletedTask;
        },
        within);

    /// <summary>Retries an assertion until it holds. After the deadline the assertion's failure is the test's.</summary>
    /// <param name="assertion">Throws while it does not hold.</param>
    /// <param name="within">The deadline; 15 seconds by default.</param>
    public static async Task HoldsAsync(Func<Task> assertion, TimeSpan? within = null)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await assertion();
                return;
            }
            catch (Exception) when (Stopwatch.GetElapsedTime(started) < (within ?? Deadline))
            {
                await Task.Delay(Pause, TestContext.Current.CancellationToken);
            }
        }
    }

    /// <summary>Asks until the condition is true.</summary>
    /// <exception cref="TimeoutException">It was not true within the deadline; the message has <paramref name="what"/>.</exception>
    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan deadline, string what)
    {
        for (var started = Stopwatch.GetTimestamp(); !await condition(); await Task.Delay(Pause, TestContext.Current.CancellationToken))
            if (Stopwatch.GetElapsedTime(started) > deadline) throw new TimeoutException($"Not within {deadline}: {what}");
    }

    /// <inheritdoc cref="TrueAsync(Func{Task{bool}}, TimeSpan, string)"/>
    public static Task TrueAsync(Func<bool> condition, string what, TimeSpan? deadline = null) =>
        TrueAsync(() => Task.FromResult(condition()), deadline ?? Deadline, what);
}
