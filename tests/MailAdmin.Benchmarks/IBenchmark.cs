using MailAdmin.Benchmarks.Figures;

namespace MailAdmin.Benchmarks;

/// <summary>One thing that is measured, with its baseline of the same run.</summary>
internal interface IBenchmark
{
    /// <summary>As the command line has it.</summary>
    string Name { get; }

    string What { get; }

    Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run);
}

/// <param name="Folder">The sandbox that <c>bulk</c> and <c>one-account</c> use and leave filled for the next time.</param>
/// <param name="Quick">Small sizes: to see that it works, not how fast.</param>
/// <param name="Report">Told what takes longer than a moment.</param>
internal sealed record BenchmarkRun(string Folder, bool Quick, Action<string> Report)
{
    public int Size(int whole, int quick) => Quick ? quick : whole;
}
