using System.Net;
using System.Text.Json.Nodes;
using MailAdmin.Provisioning.Hosting;
using MailAdmin.Web.Hosting;
using MailAdmin.Web.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

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

    [Theory]
    [InlineData("worker", 301, HealthStatus.Unhealthy)]
    [InlineData("worker", 10, HealthStatus.Healthy)]
    [InlineData("follower", 301, HealthStatus.Healthy)]
    public async Task A_loop_that_has_stopped_makes_it_not_ready(string asked, int seconds, HealthStatus expected)
    {
        await using var services = new ServiceCollection()
            .AddSingleton<IHostedService>(new Loop("worker", TimeSpan.FromSeconds(seconds))).BuildServiceProvider();
        var check = new LoopReadiness(asked, services);
        var context = new HealthCheckContext { Registration = new(asked, check, HealthStatus.Unhealthy, tags: null) };

        Assert.Equal(expected, (await check.CheckHealthAsync(context, TestContext.Current.CancellationToken)).Status);
    }

    private async Task<(HttpStatusCode Status, JsonNode Answer)> AskAsync()
    {
        using var answer = await _panel.CreateClient().GetAsync("/ready", TestContext.Current.CancellationToken);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!);
    }

    private sealed record Loop(string Name, TimeSpan Silence) : IHostedService, IWatchedLoop
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
