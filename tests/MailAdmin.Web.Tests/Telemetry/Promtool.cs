using System.Diagnostics;

namespace MailAdmin.Web.Tests.Telemetry;

/// <summary>
/// Debian's promtool. If it is not installed, it is taken out of the package prometheus. Installing the package would start a server that
/// listens on all addresses of this machine.
/// </summary>
internal static class Promtool
{
    // The lists of packages may be missing on a fresh machine; only root can fetch them.
    private const string Unpack = """
        cd "$0" && { apt-get download -q prometheus || { apt-get update -q && apt-get download -q prometheus; }; } &&
        dpkg-deb --fsys-tarfile prometheus_*.deb | tar -x ./usr/bin/promtool
        """;

    private static readonly Lazy<Task<string>> Path = new(FindAsync);

    /// <returns>The exit code, and what it wrote.</returns>
    /// <exception cref="InvalidOperationException">promtool is missing and can't be fetched.</exception>
    public static async Task<(int ExitCode, string Output)> RunAsync(string folder, params string[] args) =>
        await RunAsync(await Path.Value, folder, args);

    private static async Task<string> FindAsync()
    {
        const string installed = "/usr/bin/promtool";
        if (File.Exists(installed)) return installed;
        var kept = System.IO.Path.Combine(AppContext.BaseDirectory, "promtool");
        if (File.Exists(kept)) return kept;
        using var folder = new TemporaryFolder();
        var (code, output) = await RunAsync("sh", folder.Path, ["-c", Unpack, folder.Path]);
        var unpacked = System.IO.Path.Combine(folder.Path, "usr", "bin", "promtool");
        if (code != 0 || !File.Exists(unpacked))
            throw new InvalidOperationException($"This test needs {installed}: apt-get install prometheus\n{output}");
        File.Move(unpacked, kept);
        return kept;
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string program, string folder, string[] args)
    {
        var start = new ProcessStartInfo(program, args)
        { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await error);
    }
}
