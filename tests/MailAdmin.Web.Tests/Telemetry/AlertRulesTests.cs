using System.Text.RegularExpressions;

namespace MailAdmin.Web.Tests.Telemetry;

/// <summary>The sample rules for Prometheus, as far as they can be checked without it.</summary>
[Trait("Lane", "unit")]
public sealed partial class AlertRulesTests
{
    internal static string Folder { get; } = SourceFiles.At("src", "Packaging", "examples", "prometheus");

    [Fact]
    public void Each_alert_has_a_test_and_the_docs_say_what_to_do()
    {
        var alerts = Names("mailadmin.rules.yml", Alert());
        var docs = File.ReadAllText(SourceFiles.At("docs", "operations", "monitoring.md"));

        Assert.NotEmpty(alerts);
        Assert.Equal(alerts, Names("mailadmin.rules-test.yml", Tested()));
        Assert.All(alerts, name => Assert.Contains($"`{name}`", docs, StringComparison.Ordinal));
    }

    private static SortedSet<string> Names(string file, Regex name) =>
        new(name.Matches(File.ReadAllText(Path.Combine(Folder, file))).Select(m => m.Groups["name"].Value), StringComparer.Ordinal);

    [GeneratedRegex(@"alert: (?<name>\w+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Alert();

    [GeneratedRegex(@"alertname: (?<name>\w+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Tested();
}
