using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MailAdmin.Provisioning.Tests.Cyrus;

/// <summary>What the proxy does with a command.</summary>
internal enum Fault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The server carries out the command, and the connection is cut before its answer.</summary>
    CutAnswer,

    /// <summary>The proxy answers NO, and the server does not get the command.</summary>
    Refuse,

    /// <summary>The proxy answers OK, and the server does not get the command.</summary>
    Pretend,

    /// <summary>The command is never answered.</summary>
    Swallow,

    /// <summary>The proxy answers BYE and closes the connection.</summary>
    Bye,
}

/// <summary>A proxy in front of Cyrus that records the commands, and makes them fail on demand.</summary>
internal sealed class WireProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<string> _sent = new();
    private readonly int _serverPort;
    private (string Command, Fault Fault) _break = ("", Fault.None);

    public WireProxy(int serverPort)
    {
        _serverPort = serverPort;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The commands of all connections, without tags.</summary>
    public IReadOnlyList<string> Sent => [.. _sent];

    public void Dispose() => _listener.Dispose();

    /// <summary>From now on the fault happens to every command that begins with this text; quotes are ignored.</summary>
    public void Break(string command, Fault fault) => _break = (command, fault);

    public void Heal() => _break = ("", Fault.None);

    public void Forget() => _sent.Clear();

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception end) when (end is ObjectDisposedException or SocketException)
        {
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient { NoDelay = true };
        using (client)
        {
            client.NoDelay = true;
            await server.ConnectAsync(IPAddress.Loopback, _serverPort);
            var connection = new Connection(client.GetStream(), server.GetStream());
            await Task.WhenAny(Quietly(RequestsAsync(connection)), Quietly(AnswersAsync(connection)));
        }
    }

    private async Task RequestsAsync(Connection connection)
    {
        using var lines = new StreamReader(connection.Client, Encoding.Latin1);
        while (await lines.ReadLineAsync() is { } line)
        {
            var command = line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..];
            _sent.Enqueue(command);
            var fault = command.Replace("\"", "", StringComparison.Ordinal)
                .StartsWith(_break.Command, StringComparison.Ordinal) ? _break.Fault : Fault.None;
            var tag = line.Split(' ')[0];
            if (fault == Fault.Refuse) await WriteAsync(connection.Client, $"{tag} NO the proxy refuses");
            else if (fault == Fault.Pretend) await WriteAsync(connection.Client, $"{tag} OK Completed");
            else if (fault == Fault.Bye) await WriteAsync(connection.Client, "* BYE shutting down");
            else if (fault != Fault.Swallow)
            {
                if (fault == Fault.CutAnswer) connection.CutAt = tag;
                await WriteAsync(connection.Server, line);
            }
            if (fault == Fault.Bye) return;
        }
    }

    private static async Task AnswersAsync(Connection connection)
    {
        using var lines = new StreamReader(connection.Server, Encoding.Latin1);
        while (await lines.ReadLineAsync() is { } line)
        {
            if (connection.CutAt is { } tag && line.StartsWith(tag, StringComparison.Ordinal)) return;
            await WriteAsync(connection.Client, line);
        }
    }

    private static async Task WriteAsync(NetworkStream stream, string line) =>
        await stream.WriteAsync(Encoding.Latin1.GetBytes(line + "\r\n"));

    private static async Task Quietly(Task relay)
    {
        try
        {
            await relay;
        }
        catch (Exception end) when (end is IOException or ObjectDisposedException)
        {
        }
    }

    private sealed record Connection(NetworkStream Client, NetworkStream Server)
    {
        public string? CutAt { get; set; }
    }
}
