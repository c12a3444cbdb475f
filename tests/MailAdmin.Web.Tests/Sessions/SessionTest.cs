using MailAdmin.Web.Tests.Shared;
using Microsoft.Extensions.Time.Testing;

namespace MailAdmin.Web.Tests.Sessions;

/// <summary>A panel whose clock the test sets.</summary>
public abstract class SessionTest : IAsyncDisposable
{
    private protected readonly FakeTimeProvider _clock = new(DateTimeOffset.Parse("2026-11-25T09:41:00Z"));
    private protected readonly PanelApplication _panel;

    protected SessionTest() => _panel = new(_clock);

    public ValueTask DisposeAsync()
    {
        _panel.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private protected async Task<string> PathWithAsync(string cookie)
    {
        var client = _panel.CreateClient(new() { HandleCookies = false });
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        return (await new Browser(client, "fr").GetAsync("/domains")).Path;
    }
}
