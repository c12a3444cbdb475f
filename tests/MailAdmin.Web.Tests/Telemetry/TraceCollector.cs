using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace MailAdmin.Web.Tests.Telemetry;

/// <summary>
/// Receives traces by OTLP over HTTP, as a collector does, and keeps their octets: names and values are readable in them.
/// </summary>
internal sealed class TraceCollector : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<string> _bodies = new();
    private readonly Task _serving;

    public TraceCollector()
    {
        Address = $"http://127.0.0.1:{LoopbackPort.Free()}";
        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Address { get; }

    /// <summary>All that was received, in Latin-1.</summary>
    public string Text => string.Concat(_bodies);

    public ConcurrentQueue<string> Paths { get; } = new();

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var exchange = await _listener.GetContextAsync();
                Paths.Enqueue(exchange.Request.Url!.AbsolutePath);
                using var reader = new StreamReader(exchange.Request.InputStream, Encoding.Latin1);
                _bodies.Enqueue(await reader.ReadToEndAsync());
                exchange.Response.ContentType = "application/x-protobuf";
                exchange.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Stopped.
        }
    }
}
