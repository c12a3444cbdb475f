namespace MailAdmin.Benchmarks.Figures;

/// <summary>A measured figure.</summary>
/// <param name="Baseline">A figure in the same unit, measured in the same run.</param>
/// <param name="Against">What the baseline is.</param>
internal sealed record Figure(
    string What, double Value, string Unit, double? Baseline = null, string? Against = null, Target? Target = null)
{
    public double? Ratio => Value / Baseline;

    /// <summary>Null if the figure has no target.</summary>
    public bool? IsMet => Target?.IsMetBy(Target.OfBaseline ? Ratio!.Value : Value);
}

/// <summary>The bound for a figure, or for its ratio to the baseline.</summary>
internal sealed record Target(double Bound, bool IsMost, bool OfBaseline)
{
    public static Target AtMost(double bound) => new(bound, IsMost: true, OfBaseline: false);

    public static Target AtMostTimes(double ratio) => new(ratio, IsMost: true, OfBaseline: true);

    public static Target AtLeastTimes(double ratio) => new(ratio, IsMost: false, OfBaseline: true);

    public bool IsMetBy(double value) => IsMost ? value <= Bound : value >= Bound;
}
