using System.Diagnostics;
using MailAdmin.Sandbox;

namespace MailAdmin.Benchmarks.Panel;

/// <summary>The panel as it is installed: published by <c>publish.sh</c> into a folder that is deleted at the end.</summary>
internal sealed class PublishedPanel : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mailadmin-published-");

    public static async Task<PublishedPanel> PublishAsync(BenchmarkRun run)
    {
        var panel = new PublishedPanel();
        run.Report("Publishing the panel …");
        string[] arguments = [Path.Combine(Sources(), "publish.sh"), Path.Combine(panel._folder.FullName, "app")];
        using var publish = Process.Start(
            new ProcessStartInfo("bash", arguments) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var output = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        return publish.ExitCode == 0 ? panel : throw new InvalidOperationException(output);
    }

    public RunningPanel Start(MailSandbox sandbox) => Start(sandbox.Folder.PanelSettings, sandbox.PanelUrl);

    public RunningPanel Start(string settings, string url) => new(Path.Combine(_folder.FullName, "app", "mailadmin"), settings, url);

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Sources()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "MailAdmin.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException("The sources are not above this program.");
    }
}

/// <summary>One process of the published panel; a sandbox's own panel is stopped.</summary>
internal sealed class RunningPanel : IAsyncDisposable
{
    private readonly Stopwatch _since = Stopwatch.StartNew();
    private readonly Process _process;
    private readonly string _url;

    public RunningPanel(string program, string settings, string url)
    {
        _url = url;
        string[] arguments = ["--settings", settings, "--urls", _url, "--stop-with-stdin", "true"];
        _process = Process.Start(
            new ProcessStartInfo(
                program, arguments)
            { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        _ = _process.StandardOutput.ReadToEndAsync();
    }

    public int ProcessId => _process.Id;

    public TimeSpan ProcessorTime
    {
        get
        {
            using var process = Process.GetProcessById(ProcessId);
            return process.TotalProcessorTime;
        }
    }

    /// <summary>The time from the start of the process until the whole sign-in page has arrived.</summary>
    public async Task<TimeSpan> FirstPageAsync()
    {
        using var http = new HttpClient();
        while (!_process.HasExited)
        {
            try
            {
                await http.GetStringAsync(_url + "/sign-in");
                return _since.Elapsed;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(5);
            }
        }
        throw new InvalidOperationException($"The panel ended with {_process.ExitCode}.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
