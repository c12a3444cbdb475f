using MailAdmin.Provisioning.Processes;

namespace MailAdmin.Sandbox.Processes;

/// <summary>Runs a short command and waits for it, with the locale C and without interaction.</summary>
internal static class Tool
{
    private static readonly Dictionary<string, string> Plain = new(
        StringComparer.Ordinal)
    { ["DEBIAN_FRONTEND"] = "noninteractive", ["LC_ALL"] = "C" };

    /// <summary>Runs the command and returns its output.</summary>
    /// <exception cref="SandboxException">The command failed; the message contains its output.</exception>
    public static async Task<string> RunAsync(
        string program, IEnumerable<string> arguments, CancellationToken cancellationToken, TimeSpan? deadline = null)
    {
        var command = new CommandLine(program, arguments) { Environment = Plain };
        if (deadline is { } longer) command = command with { Deadline = longer };
        try
        {
            var result = await CommandRunner.RunAsync(command, cancellationToken);
            var output = result.Output + result.Error;
            return result.ExitCode == 0
                ? output
                : throw new SandboxException(
                    $"'{string.Join(' ', command.Arguments)}' failed with exit code {result.ExitCode}:\n{output.TrimEnd()}");
        }
        catch (CommandException e)
        {
            throw new SandboxException(e.Message, e);
        }
    }
}
