using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>
/// Many commands under way at once on one signed-in connection (RFC 3501, 5.5), which is what MailKit can't do: the server never waits for
/// the next one, nor we for each answer. MailKit may use the same connection before and after, but not meanwhile.
/// </summary>
internal sealed class ImapPipeline(Socket socket, Stream stream)
{
    // The most that a command's answer may have.
    private const long MaxAnswer = ImapLines.MaxLine;

    private readonly ImapLines _lines = new(stream);
    private int _tag;

    /// <summary>Nothing came that was not asked for.</summary>
    public bool IsQuiet => !_lines.HasMore;

    /// <summary>Sends all at once, and reads while it writes, lest both sides wait for the other.</summary>
    /// <param name="commands">Without tags.</param>
    /// <param name="take">
    /// Gets what was said untagged, and the number of the first command that was not ended by then: servers answer in turn.
    /// </param>
    /// <param name="heard">Called at each line.</param>
    /// <param name="cancellation">Stops, and leaves the connection of no further use.</param>
    /// <param name="maxOctets">The most that may come; null is what some lines for each command have.</param>
    /// <returns>How each ended, as <c>OK Completed</c>: a NO is an answer like others.</returns>
    /// <exception cref="IOException">
    /// The connection ended, or the answer does not: any of the commands may have been carried out.
    /// </exception>
    public async Task<IReadOnlyList<string>> SendAsync(
        IReadOnlyList<string> commands, Action<int, string> take, Action heard, CancellationToken cancellation, long? maxOctets = null)
    {
        _lines.Allow(maxOctets ?? commands.Count * MaxAnswer);
        var first = _tag;
        _tag += commands.Count;
        var writing = WriteAsync(string.Concat(commands.Select((command, i) => $"{Tag(first + i)}{command}\r\n")), cancellation);
        var ends = new string?[commands.Count];
        for (var next = 0; next < ends.Length;)
        {
            var line = await _lines.ReadAsync(cancellation);
            heard();
            if (line.StartsWith("* ", StringComparison.Ordinal)) take(next, line[2..]);
            else if (
                NumberOf(line) is { } number && number >= first
                && number < _tag) ends[number - first] = line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..];
            while (next < ends.Length && ends[next] is not null) next++;
        }
        await writing;
        return ends!;
    }

    private async Task WriteAsync(string text, CancellationToken cancellation)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation);
        ImapTransport.AcknowledgeAtOnce(socket);
    }

    private static string Tag(int number) => string.Create(CultureInfo.InvariantCulture, $"p{number} ");

    private static int? NumberOf(string line) =>
        line.Split(' ', 2) is [['p', .. var tag], _] && int.TryParse(tag, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : null;
}
