using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using MailAdmin.Core.Drift;
using MailAdmin.Web.Tests.Shared;

namespace MailAdmin.Web.Tests.Telemetry;

/// <summary>
/// A panel and its login service as processes with metrics, after some real work: a job that Cyrus could not be asked for, a login, and
/// sign-ins and requests that were refused.
/// </summary>
public sealed class MeteredPanel : IAsyncLifetime
{
    public const string Domain = "exemple.be";
    public const string Username = "exemple0001";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mailadmin-metered");
    private readonly PanelApplication _database = new();
    private readonly TlsServer _tls = new(days: 40);
    private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false });
    private PanelProcess? _panel;
    private PanelProcess? _logins;

    internal TraceCollector Collector { get; } = new();

    public int PanelPort { get; } = LoopbackPort.Free();

    public int MetricsPort { get; } = LoopbackPort.Free();

    private int LoginsPort { get; } = LoopbackPort.Free();

    internal string CertificatePlace => _tls.Place;

    public async ValueTask InitializeAsync()
    {
        var domain = await _database.AddDomainAsync(Domain);
        await _database.AddAccountAsync(domain, "gugus.dupont");
        await _database.AddAdminAsync("jens", Core.Admins.AdminRole.Superuser);
        await CompareAsync(_database.Get<DriftRepository>());
        var settings = Settings();
        _panel = PanelProcess.Start(settings, "--urls", $"http://127.0.0.1:{PanelPort}");
        _logins = PanelProcess.Start(settings, "login-service");
        await Eventually.HoldsAsync(async () => Assert.Equal("ok", await TextAsync(PanelPort, "/health")), TimeSpan.FromMinutes(1));
        await TextAsync(PanelPort, "/password-link/0123456789abcdef0123");
        await SignInAsync();
        await Eventually.HoldsAsync(LoginAsync, TimeSpan.FromMinutes(1));
    }

    /// <summary>The metrics of the panel.</summary>
    internal async Task<Metrics> PanelAsync() => new(await TextAsync(MetricsPort, "/metrics"));

    /// <summary>The metrics of the login service.</summary>
    internal async Task<Metrics> LoginsAsync() => new(await TextAsync(LoginsPort, "/metrics"));

    internal Task<HttpResponseMessage> GetAsync(int port, string path) =>
        _http.GetAsync(new Uri($"http://127.0.0.1:{port}{path}"), TestContext.Current.CancellationToken);

    /// <summary>Stops the panel, which then sends the last of its traces.</summary>
    internal Task StopAsync() => _panel!.StopAsync();

    public async ValueTask DisposeAsync()
    {
        if (_panel is not null) await _panel.DisposeAsync();
        if (_logins is not null) await _logins.DisposeAsync();
        await Collector.DisposeAsync();
        await _database.DisposeAsync();
        _tls.Dispose();
        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task<string> TextAsync(int port, string path)
    {
        using var answer = await GetAsync(port, path);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private string Settings()
    {
        var settings = JsonNode.Parse(File.ReadAllText(_database.SettingsFile()))!;
        var panel = settings["MailAdmin"]!.AsObject();
        panel["Metrics"] = new JsonObject
        {
            ["Listen"] = $"http://127.0.0.1:{MetricsPort}",
            ["LoginServiceListen"] = $"http://127.0.0.1:{LoginsPort}"
        };
        panel["Tracing"] = new JsonObject { ["Endpoint"] = Collector.Address, ["Protocol"] = "HttpProtobuf" };
        // Nothing listens there.
        panel["Cyrus"] = new JsonObject
        {
            ["Host"] = "127.0.0.1",
            ["Port"] = LoopbackPort.Free(),
            ["Tls"] = false,
            ["AdminPassword"] = "Kilo7-gamma-x",
        };
        panel["Maps"] = new JsonObject { ["Host"] = "mx1", ["Hostname"] = "mx.example.org", ["Folder"] = PathOf("maps") };
        panel["Logins"] = new JsonObject { ["Socket"] = PathOf("mux"), ["OwnProcess"] = true };
        panel["Sending"] = new JsonObject { ["Socket"] = PathOf("policy") };
        panel["Doctor"] = new JsonObject { ["Certificates"] = new JsonArray(CertificatePlace) };
        var file = PathOf("settings.json");
        File.WriteAllText(file, settings.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
        return file;
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    // A comparison that found one difference.
    private static async Task CompareAsync(DriftRepository drift)
    {
        var run = (await drift.BeginAsync())!;
        var found = new DriftFinding { RunId = run.Id, Kind = DriftKind.QuotaDiffers, Subject = Username, Domain = Domain };
        await drift.SaveAsync(run.Id, [found], r => (r.Phase, r.FinishedAt) = (DriftPhase.Finished, r.SeenAt));
    }

    private async Task SignInAsync()
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{PanelPort}") };
        var browser = new Browser(client, "fr");
        await browser.SubmitAsync("/sign-in", ("Name", "jens"), ("Password", "not-the-password"));
        await browser.SubmitAsync("/sign-in", ("Name", "jens"), ("Password", PanelApplication.Password));
        // Without the form's token.
        using var bare = new FormUrlEncodedContent([]);
        await client.PostAsync(new Uri("/provisioning/retry", UriKind.Relative), bare, TestContext.Current.CancellationToken);
    }

    // Four counted strings; the answer is a counted string (saslauthd(8)).
    private async Task LoginAsync()
    {
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await client.ConnectAsync(new UnixDomainSocketEndPoint(PathOf("mux")), TestContext.Current.CancellationToken);
        await client.SendAsync("\0\u0006nobody\0\u0001x\0\u0004imap\0\0"u8.ToArray(), TestContext.Current.CancellationToken);
        var answer = new byte[16];
        Assert.Equal(4, await client.ReceiveAsync(answer, TestContext.Current.CancellationToken));
    }
}
