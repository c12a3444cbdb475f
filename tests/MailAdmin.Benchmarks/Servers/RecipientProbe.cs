using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MailAdmin.Benchmarks.Servers;

/// <summary>One SMTP session that asks repeatedly whether Postfix accepts an address.</summary>
internal sealed class RecipientProbe : IDisposable
{
    /// <summary>Settings for main.cf, because by default smtpd drops a client after 20 refusals.</summary>
    public const string PostfixSettings = "smtpd_soft_error_limit = 1000000\nsmtpd_hard_error_limit = 1000000\nsmtpd_timeout = 3600s";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly NetworkStream _wire;
    private readonly StreamReader _reader;

    private RecipientProbe(Socket socket)
    {
        _wire = new NetworkStream(socket, ownsSocket: true);
        _reader = new StreamReader(_wire, Encoding.ASCII);
    }

    public static async Task<RecipientProbe> ConnectAsync(int port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        var probe = new RecipientProbe(socket);
        await probe.AnswerAsync();
        await probe.AskAsync("HELO benchmark.example");
        return probe;
    }

    /// <summary>Asks every millisecond until the answer is 250.</summary>
    /// <returns>How long it took.</returns>
    /// <exception cref="TimeoutException">The answer was not 250 within 30 s.</exception>
    public async Task<TimeSpan> AcceptedAsync(string address, Stopwatch since)
    {
        await AskAsync("RSET");
        await AskAsync("MAIL FROM:<>");
        string answer;
        while (!(answer = await AskAsync($"RCPT TO:<{address}>")).StartsWith("250", StringComparison.Ordinal))
        {
            if (since.Elapsed > Timeout) throw new TimeoutException($"{address}: {answer}");
            await Task.Delay(1);
        }
        return since.Elapsed;
    }

    public void Dispose()
    {
        _reader.Dispose();
        _wire.Dispose();
    }

    private async Task<string> AskAsync(string command)
    {
        await _wire.WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"));
        return await AnswerAsync();
    }

    private async Task<string> AnswerAsync()
    {
        while (await _reader.ReadLineAsync() is { } line)
            if (line.Length < 4 || line[3] != '-') return line;
        throw new IOException("Postfix ended the connection.");
    }
}
