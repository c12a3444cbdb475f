using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox;
using MailAdmin.Sandbox.Panel;
using MailAdmin.Sandbox.Processes;

namespace MailAdmin.EndToEnd.Tests.Shared;

/// <summary>
/// Another panel on the sandbox's database and Cyrus, like a second node of the installation. It takes jobs from the same outbox. The
/// first panel keeps the maps and logins, since they belong to the mail host.
/// </summary>
internal sealed class SecondPanel : IAsyncDisposable
{
    private readonly ChildProcess _process;

    private SecondPanel(string settings, Uri url) =>
        _process = ChildProcess.Start(
            PanelProgram.Command("--settings", settings, "--urls", url.ToString(), "--stop-with-stdin", "true"), _ => { });

    public static async Task<SecondPanel> StartAsync(MailSandbox sandbox)
    {
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(sandbox.Folder.PanelSettings))!;
        var panel = settings["MailAdmin"]!.AsObject();
        panel["Maps"]!.AsObject().Remove("Folder");
        panel.Remove("Logins");
        var file = sandbox.Folder.PanelSettings + ".second";
        await File.WriteAllTextAsync(file, settings.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
        var url = new Uri($"http://127.0.0.1:{LoopbackPort.Free()}");
        var second = new SecondPanel(file, url);
        using var http = new HttpClient { BaseAddress = url };
        await Eventually.HoldsAsync(async () => Assert.Equal("ok", await http.GetStringAsync(new Uri("/health", UriKind.Relative))));
        return second;
    }

    /// <summary>Sends SIGKILL, so that the panel cannot record what it was doing.</summary>
    public Task KillAsync() => _process.KillAsync();

    public async ValueTask DisposeAsync()
    {
        await _process.StopAsync(TimeSpan.FromSeconds(10));
        _process.Dispose();
    }
}
