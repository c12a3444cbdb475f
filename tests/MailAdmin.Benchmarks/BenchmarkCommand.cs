using System.CommandLine;
using MailAdmin.Benchmarks.Accounts;
using MailAdmin.Benchmarks.Drift;
using MailAdmin.Benchmarks.Figures;
using MailAdmin.Benchmarks.Logins;
using MailAdmin.Benchmarks.MailboxCopies;
using MailAdmin.Benchmarks.Maps;
using MailAdmin.Benchmarks.Panel;
using MailAdmin.Benchmarks.Sending;
using MailAdmin.Benchmarks.Writers;
using Spectre.Console;

namespace MailAdmin.Benchmarks;

/// <summary>The command line: runs one benchmark or all. The exit code is 0 if every target is met.</summary>
internal static class BenchmarkCommand
{
    private const string DefaultFolder = "/var/lib/mailadmin-benchmarks";

    private static readonly IBenchmark[] Benchmarks =
        [
            new BulkBenchmark(), new OneAccountBenchmark(), new MapsBenchmark(), new WritersBenchmark(), new DriftBenchmark(),
            new LoginsBenchmark(), new StartBenchmark(),
            new PagesBenchmark(), new ScrapeBenchmark(), new SendingBenchmark(), new PreviewsBenchmark(),
            new CopyBenchmark(),
        ];

    private static readonly Argument<string> Name = new("name")
    {
        Description = "One of " + string.Join(", ", Benchmarks.Select(b => $"{b.Name} ({b.What})")) + ", or all",
        DefaultValueFactory = _ => "all",
    };

    private static readonly Option<bool> Quick = new("--quick") { Description = "Small sizes: to see that it works, not how fast" };

    private static readonly Option<string> Folder = new("--folder")
    {
        Description = "Sandbox with many mailboxes: filled once, kept for the next run",
        DefaultValueFactory = _ => DefaultFolder,
    };

    public static RootCommand Create()
    {
        var command = new RootCommand("Measures MailAdmin, each figure beside a baseline of the same run.") { Name, Quick, Folder };
        Name.AcceptOnlyFromAmong([.. Benchmarks.Select(b => b.Name), "all"]);
        command.SetAction(
            (parsed, _) =>
            RunAsync(parsed.GetValue(Name)!, new(parsed.GetValue(Folder)!, parsed.GetValue(Quick), Console.Error.WriteLine)));
        return command;
    }

    private static async Task<int> RunAsync(string name, BenchmarkRun run)
    {
        var allMet = true;
        foreach (var benchmark in Benchmarks.Where(b => name == "all" || b.Name == name))
        {
            var before = MachineLoad.Now();
            var figures = await benchmark.RunAsync(run);
            FigureTable.Write(AnsiConsole.Console, benchmark, figures, $"{before} before, {MachineLoad.Now()} after");
            allMet &= figures.All(f => f.IsMet != false);
        }
        return allMet ? 0 : 1;
    }
}
