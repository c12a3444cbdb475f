using System.Diagnostics;
using System.Text;

namespace MailAdmin.Provisioning.Postfix;

/// <summary>
/// Runs postmap(1). Anything that it prints to stderr is a failure, whatever its exit status: it warns with status 0 of rows that it leaves out.
/// </summary>
internal sealed class Postmap(MapOptions options)
{
    // No batch takes longer unless the disk hangs.
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Adds or replaces rows; each is seen by Postfix as soon as it is read. Without <c>-r</c> a key would keep its old value.</summary>
    public Task UpsertAsync(string map, IEnumerable<MapLine> lines, CancellationToken cancellationToken) =>
        RunAsync(["-i", "-r", Table(map)], lines.Select(l => l.Text), false, cancellationToken);

    /// <summary>Removes keys; those that are absent already are no fault (postmap exits with 1 when it found none of them).</summary>
    public Task DeleteAsync(string map, IEnumerable<string> keys, CancellationToken cancellationToken) =>
        RunAsync(["-d", "-", Table(map)], keys, true, cancellationToken);

    /// <summary>Replaces the whole map, in place and in one transaction, by the text file of the same name. Readers see the old or the new.</summary>
    public Task RebuildAsync(string map, CancellationToken cancellationToken) => RunAsync([Table(map)], [], false, cancellationToken);

    /// <summary>What Postfix would find, for the keys that are there.</summary>
    public async Task<Dictionary<string, string>> QueryAsync(string map, IEnumerable<string> keys, CancellationToken cancellationToken)
    {
        var output = await RunAsync(["-q", "-", Table(map)], keys, true, cancellationToken);
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            found[line[..tab]] = line[(tab + 1)..];
        }
        return found;
    }

    /// <summary>Begins to write out the whole compiled map, in the order of its keys; the caller reads it and ends it.</summary>
    /// <exception cref="PostmapException">It can't be started.</exception>
    public Process StartDump(string map)
    {
        var process = Start(StartInfo(["-s", Table(map)]));
        process.StandardInput.Close();
        return process;
    }

    public string FileOf(string map) => Path.Combine(options.Folder, map);

    private string Table(string map) => "lmdb:" + FileOf(map);

    private async Task<string> RunAsync(IReadOnlyList<string> arguments, IEnumerable<string> input, bool mayFindNothing, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Deadline);
        using var process = Start(StartInfo(arguments));
        try
        {
            // Read while writing: a pipe that is full on one side would hold up the other.
            var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var errors = process.StandardError.ReadToEndAsync(deadline.Token);
            await WriteAsync(process.StandardInput, input);
            await process.WaitForExitAsync(deadline.Token);
            var words = (await errors).Trim();
            var fine = words.Length == 0 && (process.ExitCode == 0 || (mayFindNothing && process.ExitCode == 1));
            return fine ? await output : throw new PostmapException(words.Length > 0 ? words : $"postmap exited with {process.ExitCode}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new PostmapException($"postmap did not end within {Deadline.TotalSeconds:0} s");
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    private ProcessStartInfo StartInfo(IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(options.Postmap)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = Utf8,
            StandardOutputEncoding = Utf8,
            StandardErrorEncoding = Utf8,
        };
        if (options.ConfigDirectory is { } folder) arguments = ["-c", folder, .. arguments];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        return start;
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new PostmapException($"{start.FileName} can't be started: {e.Message}", e);
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

/// <summary>postmap failed, or warned; its own words are the message.</summary>
public sealed class PostmapException(string words, Exception? inner = null) : Exception(words, inner);
