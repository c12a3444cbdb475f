using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace MailAdmin.Provisioning.Postfix;

/// <summary>Queries a Postfix table that is a service (tcp_table(5)): <c>get KEY</c> is answered by a number and a text.</summary>
internal static class TcpTable
{
    private const int Longest = 1_024;

    /// <param name="place">Host and port.</param>
    /// <returns>200 with the value, 500 if the key does not exist, 400 for a temporary error, 0 for an invalid answer.</returns>
    /// <exception cref="SocketException">No service listens there.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public static async Task<(int Code, string Text)> AskAsync(string place, string key, CancellationToken cancellationToken)
    {
        var colon = place.LastIndexOf(':');
        using var client = new TcpClient();
        await client.ConnectAsync(place[..colon], int.Parse(place[(colon + 1)..], CultureInfo.InvariantCulture), cancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"get {key}\n"), cancellationToken);
        var (answer, length) = (new byte[Longest], 0);
        while (length < Longest && !answer.AsSpan(0, length).Contains((byte)'\n'))
        {
            var read = await stream.ReadAsync(answer.AsMemory(length), cancellationToken);
            if (read == 0) break;
            length += read;
        }
        var line = Encoding.ASCII.GetString(answer, 0, length).Trim();
        return line.Length > 4 && int.TryParse(line.AsSpan(0, 3), CultureInfo.InvariantCulture, out var code)
            ? (code, line[4..]) : (0, line);
    }
}
