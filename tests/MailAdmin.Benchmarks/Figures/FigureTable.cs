using System.Globalization;
using Spectre.Console;

namespace MailAdmin.Benchmarks.Figures;

/// <summary>Shows the figures of one benchmark.</summary>
internal static class FigureTable
{
    public static void Write(IAnsiConsole console, IBenchmark benchmark, IReadOnlyList<Figure> figures, string load)
    {
        // A pipe has no width, and the table would cut the figures.
        if (!console.Profile.Out.IsTerminal) console.Profile.Width = 180;
        var table = new Table().Title($"{benchmark.Name}: {benchmark.What}")
            .Caption($"load average {load}, {Environment.ProcessorCount} cores");
        table.AddColumns("figure", "value", "baseline", "ratio", "target", "verdict");
        foreach (var figure in figures) table.AddRow([.. Cells(figure).Select(cell => new Markup(cell))]);
        console.Write(table);
    }

    private static IEnumerable<string> Cells(Figure figure)
    {
        yield return Markup.Escape(figure.What);
        yield return Number(figure.Value) + " " + figure.Unit;
        yield return figure.Baseline is { } baseline ? Markup.Escape($"{Number(baseline)} {figure.Unit} ({figure.Against})") : "";
        yield return figure.Ratio is { } ratio ? ratio.ToString("0.00", CultureInfo.InvariantCulture) : "";
        yield return Text(figure);
        yield return figure.IsMet switch { true => "[green]met[/]", false => "[red]missed[/]", null => "" };
    }

    private static string Text(Figure figure)
    {
        if (figure.Target is not { } target) return "";
        var sign = target.IsMost ? "≤" : "≥";
        return target.OfBaseline ? $"{sign} {Number(target.Bound)} × baseline" : $"{sign} {Number(target.Bound)} {figure.Unit}";
    }

    private static string Number(double value) => value.ToString(Math.Abs(value) < 100 ? "0.##" : "N0", CultureInfo.InvariantCulture);
}
