namespace MailAdmin.Web.Tests.Telemetry;

[Trait("Lane", "servers")]
public sealed class PromtoolTests
{
    [Theory]
    [InlineData("check", "mailadmin.rules.yml")]
    [InlineData("test", "mailadmin.rules-test.yml")]
    public async Task Prometheus_own_tool_accepts_the_sample_rules_and_each_fires_when_it_should(string command, string file)
    {
        var (code, output) = await Promtool.RunAsync(AlertRulesTests.Folder, command, "rules", file);

        Assert.True(code == 0, output);
    }
}
