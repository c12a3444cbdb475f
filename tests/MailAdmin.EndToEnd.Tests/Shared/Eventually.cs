using System.Diagnostics;

namespace MailAdmin.EndToEnd.Tests.Shared;

/// <summary>
/// Retries an assertion until it holds or a deadline has passed. After the deadline the assertion's failure is the test's.
/// </summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static Task HoldsAsync(Action assertion, TimeSpan? within = null) => HoldsAsync(
        () =>
        {
            assertion();
            return Task.CompletedTask;
        },
        within);

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
}
