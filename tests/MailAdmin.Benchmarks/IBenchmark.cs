using MailAdmin.Benchmarks.Figures;

namespace MailAdmin.Benchmarks;

/// <summary>One benchmark, with a baseline of the same run.</summary>
internal interface IBenchmark
{
    /// <summary>The name on the command line.</summary>
    string Name { get; }

    string What { get; }

    Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run);
}

/// <param name="Folder">The sandbox that <c>bulk</c> and <c>one-account</c> use, and leave filled for the next run.</param>
/// <param name="Quick">Uses small sizes: to see that the benchmark works, not how fast the product is.</param>
/// <param name="Report">Is called for steps that take longer than a moment.</param>
internal sealed record BenchmarkRun(string Folder, bool Quick, Action<string> Report)
{
    public int Size(int whole, int quick) => Quick ? quick : whole;
}
