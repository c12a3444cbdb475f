using System.ComponentModel;
using System.Diagnostics;

namespace MailAdmin.Provisioning.Doctor;

/// <param name="Error">Its standard error, or why it could not be started.</param>
internal sealed record ToolResult(int ExitCode, string Output, string Error);

/// <summary>Runs a program of Postfix that only looks.</summary>
internal static class Tool
{
    private const int NotStarted = 127;

    public static async Task<ToolResult> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = new(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true } };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            return new(NotStarted, "", e.Message);
        }
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
            await process.WaitForExitAsync(cancellationToken);
            return new(process.ExitCode, await output, (await error).Trim());
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }
}
