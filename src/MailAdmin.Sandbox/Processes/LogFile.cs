namespace MailAdmin.Sandbox.Processes;

/// <summary>
/// A daemon's log. Postfix writes its own file; the output of the others is appended line by line, so that no file has two writers.
/// </summary>
public sealed class LogFile(string path)
{
    private readonly Lock _gate = new();
    private long _mark;

    public string Path => path;

    /// <summary>Marks the current end: earlier lines belong to earlier runs and are not quoted.</summary>
    internal void Mark() => _mark = File.Exists(path) ? new FileInfo(path).Length : 0;

    internal void Append(string line)
    {
        lock (_gate)
        {
            using var writer = new StreamWriter(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite));
            writer.WriteLine(line);
        }
    }

    /// <summary>
    /// The last lines since the daemon was started, at most <paramref name="count"/>, without the frames of stack traces.
    /// </summary>
    public IReadOnlyList<string> LastLines(int count)
    {
        if (!File.Exists(path)) return [];
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Seek(Math.Min(_mark, stream.Length), SeekOrigin.Begin);
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith("   at ", StringComparison.Ordinal))
            .TakeLast(count)];
    }
}
