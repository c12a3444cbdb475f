using MailAdmin.Sandbox.Ports;
using MailAdmin.Sandbox.Processes;

namespace MailAdmin.Sandbox.Panel;

/// <summary>
/// The panel, as a process of its own so that tests can kill it. It ends when its standard input is closed, so it never outlives the
/// sandbox.
/// </summary>
public sealed class PanelServer : Daemon
{
    private const string SetupLine = "First-run set-up:";

    // Longer than the 50 ms between two attempts, so that a server that starts slowly can answer.
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    private readonly SandboxPorts _ports;

    internal PanelServer(SandboxFolder folder, SandboxPorts ports, SandboxOptions options)
        : base("The panel", folder, new LogFile(folder.PanelLog), options.StartTimeout)
    {
        _ports = ports;
    }

    public string Url => PanelSettings.UrlOf(_ports);

    /// <summary>The URL for creating the first superuser, as the panel printed it; null if there is a superuser.</summary>
    public string? SetupUrl { get; private set; }

    private protected override Task PrepareAsync(CancellationToken cancellationToken)
    {
        SetupUrl = null;
        return Task.CompletedTask;
    }

    private protected override DaemonCommand Command() =>
        PanelProgram.Command("--settings", Folder.PanelSettings, "--urls", Url, "--stop-with-stdin", "true");

    private protected override async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await Http.GetAsync(new Uri(Url + "/health"), cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    private protected override void OnOutput(string line)
    {
        if (line.StartsWith(SetupLine, StringComparison.Ordinal))
        {
            SetupUrl = line[SetupLine.Length..].Trim();
            return; // whoever reads the log must not become superuser by it
        }
        base.OnOutput(line);
    }
}
