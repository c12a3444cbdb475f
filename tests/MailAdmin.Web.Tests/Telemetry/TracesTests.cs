namespace MailAdmin.Web.Tests.Telemetry;

/// <summary>A panel of its own, because it has to stop: it sends the last traces then.</summary>
public sealed class TracesTests : IAsyncLifetime
{
    private readonly MeteredPanel _panel = new();

    public ValueTask InitializeAsync() => _panel.InitializeAsync();

    public ValueTask DisposeAsync() => _panel.DisposeAsync();

    [Fact]
    public async Task Requests_jobs_and_exchanges_with_Cyrus_are_spans_without_secrets_or_names()
    {
        await Eventually.HoldsAsync(
            async () => Assert.True((await _panel.PanelAsync())[
                "mailadmin_provisioning_attempts_total", ("kind", "mailbox"), ("result", "unavailable")] > 1),
            TimeSpan.FromMinutes(1));

        await _panel.StopAsync();

        var text = _panel.Collector.Text;
        Assert.All(_panel.Collector.Paths, p => Assert.Equal("/v1/traces", p));
        Assert.Contains("password-link/{token}", text, StringComparison.Ordinal);
        Assert.Contains("job mailbox", text, StringComparison.Ordinal);
        Assert.Contains("imap sign_in", text, StringComparison.Ordinal);
        foreach (var secret in (string[])["0123456789abcdef", MeteredPanel.Username, MeteredPanel.Domain, "gugus", "not-the-password"])
            Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase);
    }
}
