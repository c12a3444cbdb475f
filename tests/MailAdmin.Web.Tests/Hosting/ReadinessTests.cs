using System.Net;
using System.Text.Json.Nodes;
using MailAdmin.Core.Data;
using MailAdmin.Provisioning.Hosting;
using MailAdmin.Web.Hosting;
using MailAdmin.Web.Tests.Shared;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MailAdmin.Web.Tests.Hosting;

public sealed class ReadinessTests : IAsyncDisposable
{
    private readonly PanelApplication _panel = new();

    public ValueTask DisposeAsync() => _panel.DisposeAsync();

    [Fact]
    public async Task A_panel_that_can_work_is_ready()
    {
        var (status, answer) = await AskAsync();

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.True((bool)answer["ready"]!);
    }

    [Fact]
    public async Task Without_its_database_it_lives_but_is_not_ready_and_says_no_more_than_that()
    {
        var database = _panel.Get<PanelSettings>().Database;
        await AskAsync();

        File.Move(database, database + ".away");
        var (status, answer) = await AskAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("""{"ready":false,"missing":["database"]}""", answer.ToJsonString());
        Assert.Equal("ok", await _panel.CreateClient().GetStringAsync("/health", TestContext.Current.CancellationToken));
        // Nobody has made an empty one in its place.
        Assert.False(File.Exists(database));

        File.Move(database + ".away", database);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync()).Status);
    }

    [Fact]
    public async Task Without_its_key_file_it_is_not_ready_because_it_could_not_start_again()
    {
        var key = _panel.Get<DatabaseOptions>().SecretKeyFile;
        await _panel.CreateClient().GetStringAsync("/sign-in", TestContext.Current.CancellationToken);
        await AskAsync();

        File.Move(key, key + ".away");
        Assert.Equal("""{"ready":false,"missing":["key"]}""", (await AskAsync()).Answer.ToJsonString());

        File.Move(key + ".away", key);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync()).Status);
    }

    [Theory]
    [InlineData("worker", true, 301, HealthStatus.Unhealthy)]
    [InlineData("worker", false, 10, HealthStatus.Unhealthy)]
    [InlineData("worker", true, 10, HealthStatus.Healthy)]
    [InlineData("follower", false, 301, HealthStatus.Healthy)]
    public async Task A_loop_that_has_stopped_or_fails_makes_it_not_ready(string asked, bool works, int seconds, HealthStatus expected)
    {
        var check = new LoopReadiness(asked, [new Loop("worker", works, TimeSpan.FromSeconds(seconds))]);
        var context = new HealthCheckContext { Registration = new(asked, check, HealthStatus.Unhealthy, tags: null) };

        Assert.Equal(expected, (await check.CheckHealthAsync(context, TestContext.Current.CancellationToken)).Status);
    }

    private async Task<(HttpStatusCode Status, JsonNode Answer)> AskAsync()
    {
        using var answer = await _panel.CreateClient().GetAsync("/ready", TestContext.Current.CancellationToken);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!);
    }

    private sealed record Loop(string Name, bool IsWorking, TimeSpan Silence) : IWatchedLoop;
}
