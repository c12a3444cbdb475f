using System.Diagnostics;
using MailAdmin.Provisioning.Processes;

namespace MailAdmin.Provisioning.Postfix;

/// <summary>
/// Runs postmap(1). Anything it prints to stderr about the map is a failure, whatever the exit status: postmap exits with 0 even when it
/// warns about rows that it leaves out.
/// </summary>
internal sealed class Postmap(MapOptions options)
{
    // Every Postfix tool prints this warning if main.cf sets a parameter twice; it says nothing about the map.
    private const string SetTwice = ": overriding earlier entry: ";

    /// <summary>
    /// Adds or replaces rows; Postfix sees each row as soon as postmap has read it. Without <c>-r</c> a key would keep its old value.
    /// </summary>
    public Task UpsertAsync(string map, IEnumerable<MapLine> lines, CancellationToken cancellationToken) =>
        RunAsync(["-i", "-r", Table(map)], lines.Select(l => l.Text), false, cancellationToken);

    /// <summary>Deletes keys; keys that are already absent are no error (postmap exits with 1 if it found none of them).</summary>
    public Task DeleteAsync(string map, IEnumerable<string> keys, CancellationToken cancellationToken) =>
        RunAsync(["-d", "-", Table(map)], keys, true, cancellationToken);

    /// <summary>
    /// Replaces the whole map, in place and in one transaction, by the text file of the same name. Readers see either the old or the new
    /// map.
    /// </summary>
    public Task RebuildAsync(string map, CancellationToken cancellationToken) => RunAsync([Table(map)], [], false, cancellationToken);

    /// <summary>Reads what Postfix would find, for the existing keys.</summary>
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

    /// <summary>
    /// Starts a dump of the whole compiled map, in the order of its keys; the caller reads the output and ends the process.
    /// </summary>
    /// <exception cref="PostmapException">postmap can't be started.</exception>
    public Process StartDump(string map)
    {
        try
        {
            var process = CommandRunner.Start(new(options.Postmap, [.. options.ConfigArguments, "-s", Table(map)]));
            process.StandardInput.Close();
            return process;
        }
        catch (CommandException e)
        {
            throw new PostmapException(e.Message, e);
        }
    }

    public string FileOf(string map) => Path.Combine(options.Folder, map);

    private string Table(string map) => "lmdb:" + FileOf(map);

    private async Task<string> RunAsync(
        IReadOnlyList<string> arguments, IEnumerable<string> input, bool mayFindNothing, CancellationToken cancellationToken)
    {
        string[] command = [options.Postmap, .. options.ConfigArguments, .. arguments];
        var result = await RunAsync(new(command) { Input = input }, cancellationToken);
        result = result with
        {
            Error = string.Join(
            '\n', result.Error.Split('\n').Where(line => !line.Contains(SetTwice, StringComparison.Ordinal)))
        };
        var fine = result.Error.Length == 0 && (result.ExitCode == 0 || (mayFindNothing && result.ExitCode == 1));
        return fine ? result.Output : throw new PostmapException(result.Message);
    }

    private static async Task<CommandResult> RunAsync(CommandLine command, CancellationToken cancellationToken)
    {
        try
        {
            return await CommandRunner.RunAsync(command, cancellationToken);
        }
        catch (CommandException e) when (e is not PostmapException)
        {
            throw new PostmapException(e.Message, e);
        }
    }
}

/// <summary>postmap failed or warned; the message has its own words.</summary>
public sealed class PostmapException(string words, Exception? inner = null) : CommandException(words, inner);
