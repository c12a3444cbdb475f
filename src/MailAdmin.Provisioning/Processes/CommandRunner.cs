using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace MailAdmin.Provisioning.Processes;

/// <summary>
/// Runs a short command and waits for its end. At its deadline the command is killed, with all processes that it started.
/// </summary>
public static class CommandRunner
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <returns>The result, whatever the exit code.</returns>
    /// <exception cref="CommandException">The command can't be started.</exception>
    /// <exception cref="CommandTimeoutException">The command did not end before its deadline.</exception>
    /// <exception cref="OperationCanceledException">The command was cancelled and killed.</exception>
    public static async Task<CommandResult> RunAsync(CommandLine command, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(command.Deadline);
        using var process = Start(command);
        try
        {
            return await FinishAsync(process, command, deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandTimeoutException($"{command.Name} did not end within {command.Deadline.TotalSeconds:0.#} s");
        }
        finally
        {
            Kill(process);
        }
    }

    /// <summary>Starts a command for a caller that reads its output incrementally and ends it.</summary>
    /// <exception cref="CommandException">The command can't be started.</exception>
    public static Process Start(CommandLine command)
    {
        var start = new ProcessStartInfo(command.Arguments[0], command.Arguments.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = Utf8,
            StandardOutputEncoding = Utf8,
            StandardErrorEncoding = Utf8,
        };
        foreach (var (name, value) in command.Environment) start.Environment[name] = value;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new CommandException($"{start.FileName} can't be started: {e.Message}", e);
        }
    }

    private static async Task<CommandResult> FinishAsync(Process process, CommandLine command, CancellationToken cancellationToken)
    {
        // Read and write concurrently: a full pipe on one side would block the other. A read of a pipe ignores the token, so WaitAsync
        // limits the wait to the deadline.
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var input = WriteAsync(process.StandardInput, command.Input, cancellationToken);
        await Task.WhenAll(output, errors, input, process.WaitForExitAsync(cancellationToken)).WaitAsync(cancellationToken);
        return new(command.Name, process.ExitCode, await output, (await errors).Trim());
    }

    private static async Task WriteAsync(StreamWriter input, IEnumerable<string> lines, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var line in lines) await input.WriteAsync($"{line}\n".AsMemory(), cancellationToken);
            input.Close();
        }
        catch (IOException)
        {
            // The command ended before it had read all its input; its own words say why.
        }
    }

    // SIGKILL, which a process can't ignore. A process of another user (sudo) can't be killed from here.
    private static void Kill(Process process)
    {
        try
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or AggregateException)
        {
            // The process has ended meanwhile, or belongs to another user.
        }
    }
}
