using System.Diagnostics;

namespace MailAdmin.Provisioning.Tests.Cyrus;

/// <summary>Waits for a condition until a deadline. The exception says what it waited for.</summary>
internal static class Eventually
{
    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan deadline, string what)
    {
        for (var watch = Stopwatch.StartNew(); !await condition(); await Task.Delay(20))
            if (watch.Elapsed > deadline) throw new TimeoutException($"Not within {deadline}: {what}");
    }
}
