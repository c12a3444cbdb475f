using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Telemetry;

public sealed partial class MetricsTests(MeteredPanel panel) : IClassFixture<MeteredPanel>
{
    // The first reading of the state comes with the start, the second a quarter of a minute later.
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("/")]
    [InlineData("/health")]
    [InlineData("/sign-in")]
    [InlineData("/metrics/more")]
    public async Task Nothing_else_is_on_their_address(string path)
    {
        using var answer = await panel.GetAsync(panel.MetricsPort, path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task They_are_not_on_the_address_of_the_pages()
    {
        using var answer = await panel.GetAsync(panel.PanelPort, "/metrics");

        Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain("mailadmin_", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public Task They_tell_what_the_panel_has_done() => Eventually.HoldsAsync(async () =>
    {
        var metrics = await panel.PanelAsync();

        Assert.Equal(1, metrics.Samples.Where(s => s.Name == "mailadmin_provisioning_jobs").Sum(s => s.Value));
        Assert.Equal(0, metrics["mailadmin_provisioning_jobs", ("state", "failed")]);
        Assert.True(metrics["mailadmin_provisioning_oldest_job_age_seconds"] > 0);
        Assert.True(metrics["mailadmin_provisioning_attempts_total", ("kind", "mailbox"), ("result", "unavailable")] > 0);
        Assert.Equal(0, metrics["mailadmin_provisioning_attempts_total", ("kind", "mailbox"), ("result", "done")]);
        Assert.Contains(
            metrics.Samples,
            s => s.Name == "mailadmin_cyrus_exchange_duration_seconds_count" && s.Labels["result"] == "unavailable" && s.Value > 0);
        Assert.Equal(1, metrics["mailadmin_panel_sign_ins_total", ("result", "password_refused")]);
        Assert.Equal(1, metrics["mailadmin_panel_sign_ins_total", ("result", "ok")]);
        Assert.Equal(1, metrics["mailadmin_panel_refusals_total"]);
        Assert.Equal(1, metrics["mailadmin_drift_findings", ("kind", "quota_differs")]);
        Assert.Equal(0, metrics["mailadmin_drift_findings", ("kind", "mailbox_missing")]);
        Assert.InRange(metrics["mailadmin_certificate_remaining_days", ("place", panel.CertificatePlace)], 39.9, 40);
        Assert.InRange(metrics["mailadmin_background_silence_seconds", ("loop", "worker")], 0, 60);
        Assert.True(metrics["mailadmin_database_size_bytes", ("file", "main")] > 0);
        Assert.True(metrics["mailadmin_disk_free_bytes", ("of", "database")] > 0);
        Assert.True(metrics["mailadmin_database_write_wait_seconds_count", ("kind", "write")] > 0);
        // Not the route of the error page.
        Assert.Equal(1, metrics["http_server_request_duration_seconds_count", ("http_route", "password-link/{token}")]);
    }, Within);

    [Fact]
    public async Task The_login_service_tells_its_own()
    {
        var metrics = await panel.LoginsAsync();

        Assert.Equal(1, metrics["mailadmin_logins_total", ("service", "imap"), ("result", "refused")]);
        Assert.Equal(0, metrics["mailadmin_logins_total", ("service", "imap"), ("result", "ok")]);
        Assert.Equal(0, metrics["mailadmin_policy_answers_total", ("result", "refused")]);
        Assert.DoesNotContain(metrics.Samples, s => s.Name == "mailadmin_provisioning_jobs");
    }

    [Fact]
    public async Task No_label_tells_whose_mail_it_is()
    {
        Sample[] samples = [.. (await panel.PanelAsync()).Samples, .. (await panel.LoginsAsync()).Samples];

        Assert.NotEmpty(samples);
        Assert.All(samples.SelectMany(s => s.Labels.Values), value =>
        {
            foreach (var name in (string[])["@", MeteredPanel.Domain, MeteredPanel.Username, "gugus", "jens", "nobody", "0123456789abcdef"])
                Assert.DoesNotContain(name, value, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Theory]
    [InlineData("prometheus/mailadmin.rules.yml")]
    [InlineData("grafana/mailadmin.json")]
    public Task Every_metric_of_the_samples_is_there(string sample) => Eventually.HoldsAsync(async () =>
    {
        var text = await File.ReadAllTextAsync(
            SourceFiles.At("src", "Packaging", "examples", sample), TestContext.Current.CancellationToken);
        var wanted = MetricName().Matches(text).Select(m => m.Value).ToHashSet(StringComparer.Ordinal);
        Sample[] samples = [.. (await panel.PanelAsync()).Samples, .. (await panel.LoginsAsync()).Samples];

        Assert.NotEmpty(wanted);
        Assert.Empty(wanted.Except(samples.Select(s => s.Name), StringComparer.Ordinal));
    }, Within);

    [Fact]
    public void The_sample_dashboard_has_a_query_in_every_panel()
    {
        var dashboard = JsonNode.Parse(File.ReadAllText(SourceFiles.At("src", "Packaging", "examples", "grafana", "mailadmin.json")))!;

        var panels = dashboard["panels"]!.AsArray().Where(p => (string)p!["type"]! != "row").ToList();

        Assert.NotEmpty(panels);
        Assert.All(panels, p => Assert.All(p!["targets"]!.AsArray(), t => Assert.NotEmpty((string)t!["expr"]!)));
    }

    [GeneratedRegex(@"\b(mailadmin|http_server)_[a-z_]+(?=[{\[ )<>=]|$)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex MetricName();
}
