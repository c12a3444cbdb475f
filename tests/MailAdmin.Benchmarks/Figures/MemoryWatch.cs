using System.Globalization;

namespace MailAdmin.Benchmarks.Figures;

/// <summary>Samples the anonymous memory of a process, that is, its memory without files, which the kernel can drop.</summary>
internal sealed class MemoryWatch : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly double _before = Of(Environment.ProcessId);
    private readonly Task _watching;
    private double _most;

    public MemoryWatch()
    {
        _most = _before;
        _watching = Task.Run(WatchAsync);
    }

    /// <summary>The maximum in MB (2^20 octets), minus the memory at the start.</summary>
    public double Added => Math.Max(_most, Of(Environment.ProcessId)) - _before;

    /// <summary>RssAnon of a process, in MB.</summary>
    public static double Of(int processId)
    {
        var line = File.ReadLines($"/proc/{processId}/status").Single(l => l.StartsWith("RssAnon:", StringComparison.Ordinal));
        return double.Parse(
            line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1_024;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _stop.Dispose();
    }

    private async Task WatchAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            _most = Math.Max(_most, Of(Environment.ProcessId));
            await Task.WhenAny(Task.Delay(20, _stop.Token));
        }
    }
}
