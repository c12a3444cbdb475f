using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>
/// Pipelines many commands on one signed-in connection (RFC 3501, 5.5), which MailKit does not support: the server never waits for the next
/// command, and the panel does not wait for each answer. MailKit may use the same connection before and after, but not meanwhile.
/// </summary>
internal sealed class ImapPipeline(Socket socket, Stream stream)
{
    // The longest answer to one command.
    private const long MaxAnswer = ImapLines.MaxLine;

    private readonly ImapLines _lines = new(stream);
    private int _tag;

    /// <summary>Whether no unsolicited data has arrived.</summary>
    public bool IsQuiet => !_lines.HasMore;

    /// <summary>Sends all commands at once. It reads while it writes, because otherwise both sides could wait for each other.</summary>
    /// <param name="commands">Without tags.</param>
    /// <param name="take">
    /// Gets each untagged line, and the index of the first command that has not completed yet: servers answer in order.
    /// </param>
    /// <param name="heard">Called for each line.</param>
    /// <param name="cancellationToken">Stops the exchange; the connection can't be used afterwards.</param>
    /// <param name="maxOctets">The most octets that may arrive; null allows a few lines for each command.</param>
    /// <returns>Each command's completion, such as <c>OK Completed</c>. A NO is a result, not an exception.</returns>
    /// <exception cref="IOException">
    /// The connection ended, or the answer is too long: any of the commands may have been carried out.
    /// </exception>
    public async Task<IReadOnlyList<string>> SendAsync(
        IReadOnlyList<string> commands, Action<int, string> take, Action heard, CancellationToken cancellationToken, long? maxOctets = null)
    {
        _lines.Allow(maxOctets ?? commands.Count * MaxAnswer);
        var first = _tag;
        _tag += commands.Count;
        var writing = WriteAsync(string.Concat(commands.Select((command, i) => $"{Tag(first + i)}{command}\r\n")), cancellationToken);
        var ends = new string?[commands.Count];
        for (var next = 0; next < ends.Length;)
        {
            var line = await _lines.ReadAsync(cancellationToken);
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

    private async Task WriteAsync(string text, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
        ImapTransport.AcknowledgeAtOnce(socket);
    }

    private static string Tag(int number) => string.Create(CultureInfo.InvariantCulture, $"p{number} ");

    private static int? NumberOf(string line) =>
        line.Split(' ', 2) is [['p', .. var tag], _] && int.TryParse(tag, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : null;
}
