using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using MailAdmin.EndToEnd.Tests.Shared;

namespace MailAdmin.EndToEnd.Tests.Drift;

/// <summary>A ManageSieve server that refuses every sign-in.</summary>
internal sealed class RefusingSieve : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TemporaryFolder _folder = new();

    public RefusingSieve()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Returns a copy of the settings file with which the panel asks this server for scripts.</summary>
    public string Settings(string file)
    {
        var settings = JsonNode.Parse(File.ReadAllText(file))!;
        settings["MailAdmin"]!["Sieve"] = new JsonObject { ["Port"] = ((IPEndPoint)_listener.LocalEndpoint).Port, ["StartTls"] = false };
        var changed = Path.Combine(_folder.Path, "settings.json");
        File.WriteAllText(changed, settings.ToJsonString());
        return changed;
    }

    public void Dispose()
    {
        _listener.Dispose();
        _folder.Dispose();
    }

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

    private static async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            var stream = client.GetStream();
            using var lines = new StreamReader(stream, Encoding.Latin1);
            await stream.WriteAsync("\"IMPLEMENTATION\" \"fake\"\r\n\"SASL\" \"PLAIN\"\r\n\"SIEVE\" \"vacation\"\r\nOK\r\n"u8.ToArray());
            while (await lines.ReadLineAsync() is not null) await stream.WriteAsync("NO \"Authentication Error\"\r\n"u8.ToArray());
        }
    }
}
