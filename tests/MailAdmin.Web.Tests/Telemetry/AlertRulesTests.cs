using System.Diagnostics;
using System.Text.RegularExpressions;

namespace MailAdmin.Web.Tests.Telemetry;

/// <summary>The sample rules for Prometheus, as far as they can be checked without it; where promtool is installed, by promtool as well.</summary>
[Trait("Lane", "unit")]
public sealed partial class AlertRulesTests
{
    private static readonly string Folder = SourceFiles.At("src", "Packaging", "examples", "prometheus");

    private static string? Promtool { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Select(folder => Path.Combine(folder, "promtool")).FirstOrDefault(File.Exists);

    [Fact]
    public void Each_alert_has_a_test_and_the_docs_say_what_to_do()
    {
        var alerts = Names("mailadmin.rules.yml", Alert());
        var docs = File.ReadAllText(SourceFiles.At("docs", "operations.md"));

        Assert.NotEmpty(alerts);
        Assert.Equal(alerts, Names("mailadmin.rules-test.yml", Tested()));
        Assert.All(alerts, name => Assert.Contains($"`{name}`", docs, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("check", "mailadmin.rules.yml")]
    [InlineData("test", "mailadmin.rules-test.yml")]
    public async Task Promtool_finds_nothing_wrong(string command, string file)
    {
        Assert.SkipUnless(Promtool is not null, "Needs promtool, of Debian's package prometheus");
        var start = new ProcessStartInfo(Promtool!, [command, "rules", file])
        { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Folder };

        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, await output + await error);
    }

    private static SortedSet<string> Names(string file, Regex name) =>
        new(name.Matches(File.ReadAllText(Path.Combine(Folder, file))).Select(m => m.Groups["name"].Value), StringComparer.Ordinal);

    [GeneratedRegex(@"alert: (?<name>\w+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Alert();

    [GeneratedRegex(@"alertname: (?<name>\w+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Tested();
}
