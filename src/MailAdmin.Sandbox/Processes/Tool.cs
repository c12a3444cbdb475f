using System.Diagnostics;

namespace MailAdmin.Sandbox.Processes;

/// <summary>A short command that is waited for.</summary>
internal static class Tool
{
    /// <summary>Runs it, and returns what it wrote.</summary>
    /// <exception cref="SandboxException">It failed; the message holds its output.</exception>
    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        var (exitCode, output) = await TryRunAsync(program, arguments, cancellation);
        return exitCode == 0
            ? output
            : throw new SandboxException($"'{program} {string.Join(' ', arguments)}' failed with exit code {exitCode}:\n{output.TrimEnd()}");
    }

    public static async Task<(int ExitCode, string Output)> TryRunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DEBIAN_FRONTEND"] = "noninteractive", ["LC_ALL"] = "C" },
        };
        using var process = Process.Start(start) ?? throw new SandboxException($"{program} cannot be started.");
        process.StandardInput.Close();
        // Cancelled, it must not work on behind our back.
        await using var end = cancellation.Register(() => process.Kill(entireProcessTree: true));
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        cancellation.ThrowIfCancellationRequested();
        return (process.ExitCode, await output + await errors);
    }
}
