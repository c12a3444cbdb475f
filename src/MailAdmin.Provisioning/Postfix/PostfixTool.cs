using System.Diagnostics;
using System.Text;

namespace MailAdmin.Provisioning.Postfix;

/// <param name="Words">What it printed to stderr.</param>
internal sealed record ToolResult(int ExitCode, string Output, string Words);

/// <summary>Runs a command of Postfix with lines on its input.</summary>
internal static class PostfixTool
{
    // Nothing takes longer unless the disk hangs.
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <param name="command">The program, and its arguments behind it.</param>
    /// <exception cref="PostfixToolException">It could not be started, or did not end.</exception>
    public static async Task<ToolResult> RunAsync(IReadOnlyList<string> command, IEnumerable<string> input, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Deadline);
        using var process = Start(command);
        try
        {
            // Read while writing: a pipe that is full on one side would hold up the other.
            var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var errors = process.StandardError.ReadToEndAsync(deadline.Token);
            await WriteAsync(process.StandardInput, input);
            await process.WaitForExitAsync(deadline.Token);
            return new(process.ExitCode, await output, (await errors).Trim());
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new PostfixToolException($"{Path.GetFileName(command[0])} did not end within {Deadline.TotalSeconds:0} s");
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    /// <exception cref="PostfixToolException">It could not be started.</exception>
    public static Process Start(IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = Utf8,
            StandardOutputEncoding = Utf8,
            StandardErrorEncoding = Utf8,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new PostfixToolException($"{start.FileName} can't be started: {e.Message}", e);
        }
    }

    private static async Task WriteAsync(StreamWriter input, IEnumerable<string> lines)
    {
        try
        {
            input.NewLine = "\n";
            foreach (var line in lines) await input.WriteLineAsync(line);
            input.Close();
        }
        catch (IOException)
        {
            // It ended before it had read everything; its own words say why.
        }
    }
}

/// <summary>A command of Postfix failed; its own words are the message.</summary>
public class PostfixToolException(string words, Exception? inner = null) : Exception(words, inner);
