using System.Diagnostics;

namespace MailAdmin.Benchmarks.Figures;

/// <summary>The times of an operation that is repeated, in milliseconds.</summary>
internal sealed class Samples
{
    private readonly List<double> _values = [];
    private bool _sorted;

    /// <summary>All times of several samples together.</summary>
    public static Samples Together(IEnumerable<Samples> several)
    {
        var all = new Samples();
        all._values.AddRange(several.SelectMany(s => s._values));
        return all;
    }

    public int Count => _values.Count;

    public double Median => Percentile(50);

    public double P95 => Percentile(95);

    public double P99 => Percentile(99);

    public double Max => Percentile(100);

    public void Add(TimeSpan time) => Add(time.TotalMilliseconds);

    public void Add(double milliseconds)
    {
        lock (_values)
        {
            _values.Add(milliseconds);
            _sorted = false;
        }
    }

    public void Clear()
    {
        lock (_values) _values.Clear();
    }

    public async Task TimeAsync(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        Add(watch.Elapsed);
    }

    /// <summary>The smallest value that this percentage of the values does not exceed.</summary>
    public double Percentile(int percent)
    {
        lock (_values)
        {
            if (!_sorted) _values.Sort();
            _sorted = true;
            return _values[Math.Max(0, (int)Math.Ceiling(_values.Count * percent / 100.0) - 1)];
        }
    }
}
