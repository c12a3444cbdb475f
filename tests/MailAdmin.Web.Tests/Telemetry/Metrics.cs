using System.Globalization;
using System.Text.RegularExpressions;

namespace MailAdmin.Web.Tests.Telemetry;

/// <summary>One line of Prometheus' text format.</summary>
internal sealed record Sample(string Name, IReadOnlyDictionary<string, string> Labels, double Value);

/// <summary>What <c>/metrics</c> of a process answered.</summary>
internal sealed partial record Metrics(string Text)
{
    public IReadOnlyList<Sample> Samples { get; } = [.. Text.Split('\n').Where(l => l is [not '#', ..]).Select(Read)];

    /// <summary>The value of the only series with these labels.</summary>
    public double this[string name, params (string Name, string Value)[] labels] =>
        Assert.Single(Samples, s => s.Name == name && labels.All(l => s.Labels.GetValueOrDefault(l.Name) == l.Value)).Value;

    private static Sample Read(string line)
    {
        var parts = Line().Match(line);
        Assert.True(parts.Success, line);
        var labels = Label().Matches(parts.Groups["labels"].Value)
            .ToDictionary(m => m.Groups["name"].Value, m => m.Groups["value"].Value, StringComparer.Ordinal);
        return new(parts.Groups["name"].Value, labels, double.Parse(parts.Groups["value"].Value, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][\w:]*)(\{(?<labels>.*)\})? (?<value>\S+)""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Line();

    [GeneratedRegex("""(?<name>\w+)="(?<value>(\\.|[^"\\])*)"(,|$)""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Label();
}
