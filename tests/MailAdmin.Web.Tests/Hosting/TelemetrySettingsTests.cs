namespace MailAdmin.Web.Tests.Hosting;

[Trait("Lane", "unit")]
public sealed class TelemetrySettingsTests : IDisposable
{
    private readonly SettingsFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void By_default_nothing_is_measured_traced_or_written_as_JSON()
    {
        var settings = _file.Read();

        Assert.Null(settings.Metrics.Listen);
        Assert.Null(settings.Metrics.LoginServiceListen);
        Assert.Null(settings.Tracing.Endpoint);
        Assert.Equal(Web.Hosting.LogFormat.Text, settings.LogFormat);
    }

    [Theory]
    [InlineData("http://127.0.0.1:9464")]
    [InlineData("http://[::1]:9464")]
    [InlineData("http://0.0.0.0:9464")]
    [InlineData("http://localhost:9464")]
    public void An_address_of_this_host_is_one_for_metrics(string address)
    {
        _file["Metrics:Listen"] = address;

        Assert.Empty(_file.Faults());
    }

    // For a name, Kestrel would listen on all addresses.
    [Theory]
    [InlineData("http://mx.example.org:9464")]
    [InlineData("https://127.0.0.1:9464")]
    [InlineData("http://127.0.0.1")]
    [InlineData("http://127.0.0.1:9464/metrics")]
    [InlineData("127.0.0.1:9464")]
    public void Anything_else_is_refused(string address)
    {
        _file["Metrics:Listen"] = address;

        Assert.Equal(
            [$"Metrics:Listen is '{address}'; it has to be an address of this host, such as http://127.0.0.1:9464."], _file.Faults());
    }

    [Fact]
    public void The_two_processes_need_two_addresses()
    {
        (_file["Metrics:Listen"], _file["Metrics:LoginServiceListen"]) = ("http://127.0.0.1:9464", "http://127.0.0.1:9464");

        Assert.Equal(
            ["Metrics:LoginServiceListen is the same as Metrics:Listen; the login service needs an address of its own."], _file.Faults());
    }

    [Fact]
    public void What_is_misspelt_is_named()
    {
        (_file["Metrics:Lisen"], _file["LogFormat"]) = ("http://127.0.0.1:9464", "Jsn");

        Assert.Equal(
            ["LogFormat is 'Jsn'; it has to be one of Text, Json.", "unknown setting 'Metrics:Lisen'; did you mean 'Metrics:Listen'?"],
            _file.Faults().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_collector_has_an_address()
    {
        _file["Tracing:Endpoint"] = "collector";

        Assert.Equal(["Tracing:Endpoint is 'collector'; it has to be an address such as http://127.0.0.1:4317."], _file.Faults());
    }
}
