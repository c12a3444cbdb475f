using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace MailAdmin.Provisioning.Processes;

/// <summary>Runs a short command and waits for its end. Whatever it does, it is gone at its deadline, with what it started.</summary>
public static class CommandRunner
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <returns>Whatever its exit code is.</returns>
    /// <exception cref="CommandException">It can't be started.</exception>
    /// <exception cref="CommandTimeoutException">It did not end before its deadline.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, and killed.</exception>
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

    /// <summary>Starts it for a caller who reads what it writes bit by bit, and ends it.</summary>
    /// <exception cref="CommandException">It can't be started.</exception>
    public static Process Start(CommandLine command)
    {
        var start = new ProcessStartInfo(command.Words[0], command.Words.Skip(1))
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
        // All three at once: a pipe that is full on one side would hold up the other. A read of a pipe heeds no token, so nobody waits for
        // it beyond the deadline.
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
            // It ended before it had read everything; its own words say why.
        }
    }

    // SIGKILL, which nothing ignores. A process of another user (sudo) can't be killed by us.
    private static void Kill(Process process)
    {
        try
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or AggregateException)
        {
            // It ended meanwhile, or is not ours to kill.
        }
    }
}
