using MailAdmin.Provisioning.Processes;

namespace MailAdmin.Sandbox.Processes;

/// <summary>A short command that is waited for, in the language and manner of scripts.</summary>
internal static class Tool
{
    private static readonly Dictionary<string, string> Plain = new(
        StringComparer.Ordinal)
    { ["DEBIAN_FRONTEND"] = "noninteractive", ["LC_ALL"] = "C" };

    /// <summary>Runs it, and returns what it wrote.</summary>
    /// <exception cref="SandboxException">It failed; the message holds its output.</exception>
    public static async Task<string> RunAsync(
        string program, IEnumerable<string> arguments, CancellationToken cancellation, TimeSpan? deadline = null)
    {
        var command = new CommandLine(program, arguments) { Environment = Plain };
        if (deadline is { } longer) command = command with { Deadline = longer };
        try
        {
            var result = await CommandRunner.RunAsync(command, cancellation);
            var output = result.Output + result.Error;
            return result.ExitCode == 0
                ? output
                : throw new SandboxException(
                    $"'{string.Join(' ', command.Words)}' failed with exit code {result.ExitCode}:\n{output.TrimEnd()}");
        }
        catch (CommandException e)
        {
            throw new SandboxException(e.Message, e);
        }
    }
}
