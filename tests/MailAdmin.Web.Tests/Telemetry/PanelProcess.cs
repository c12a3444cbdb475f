using System.Diagnostics;
using System.Text;

namespace MailAdmin.Web.Tests.Telemetry;

/// <summary>The panel or its login service as a process of its own, as a hoster runs it.</summary>
internal sealed class PanelProcess : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private PanelProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) =>
        {
            lock (_output) _output.AppendLine(line.Data);
        };
        process.BeginOutputReadLine();
    }

    /// <summary>What it has written to standard output so far, which is its log.</summary>
    public IReadOnlyList<string> Log
    {
        get
        {
            lock (_output) return _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
    }

    /// <param name="settings">The path of its settings file.</param>
    /// <param name="args">What precedes the options: nothing for the panel, or <c>login-service</c>.</param>
    public static PanelProcess Start(string settings, params string[] args)
    {
        string[] words =
        [
            "exec", Path.Combine(AppContext.BaseDirectory, "mailadmin.dll"), .. args, "--settings", settings, "--stop-with-stdin", "true",
        ];
        var start = new ProcessStartInfo("dotnet", words)
        { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        return new(Process.Start(start)!);
    }

    /// <summary>Lets it end as at the end of the machine: what it still has to send is sent.</summary>
    public async Task StopAsync()
    {
        if (_process.HasExited) return;
        _process.StandardInput.Close();
        using var over = new CancellationTokenSource(Deadline);
        await _process.WaitForExitAsync(over.Token);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync();
        }
        finally
        {
            if (!_process.HasExited) _process.Kill();
            _process.Dispose();
        }
    }
}
