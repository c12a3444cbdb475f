using System.Collections.Concurrent;
using MailAdmin.Core.Admins;
using MailAdmin.Web.Tests.Shared;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MailAdmin.Web.Tests.Errors;

/// <summary>A9.</summary>
public sealed class RefusalsTests : IDisposable
{
    private readonly PanelApplication _panel = new();

    public void Dispose() => _panel.Dispose();

    [Fact]
    public async Task Each_refused_request_of_a_signed_in_admin_is_a_line_with_name_route_and_reason()
    {
        using var lines = new Lines();
        await using var panel = _panel.WithWebHostBuilder(b => b.ConfigureTestServices(s => s.AddSingleton<ILoggerFactory>(lines)));
        await _panel.SignedInAsync();
        await _panel.AddDomainAsync("voisin.example", "voisin");
        await _panel.AddAdminAsync("luc", AdminRole.DomainAdmin, await _panel.AddDomainAsync());
        var luc = new Browser(panel.CreateClient(), "fr");
        await luc.SubmitAsync("/sign-in", ("Name", "luc"), ("Password", PanelApplication.Password));

        await luc.GetAsync("/admins");
        await luc.GetAsync("/domains/voisin.example/accounts");
        await luc.PostAsync("/settings", new() { ["PageSize"] = "10", ["Note"] = "secret-text" });
        await luc.GetAsync("/nothing");

        var refused = lines.All.Where(l => l.StartsWith("Refused to", StringComparison.Ordinal)).ToList();
        Assert.Collection(
            refused,
            line => Assert.Contains("luc: GET /admins ", line, StringComparison.Ordinal),
            line => Assert.Contains("luc: GET /domains/voisin.example/accounts ", line, StringComparison.Ordinal),
            line => Assert.Contains("has no valid token", line, StringComparison.Ordinal));
        Assert.DoesNotContain(lines.All, l => l.Contains("secret-text", StringComparison.Ordinal));
    }

    private sealed class Lines : ILoggerFactory, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IEnumerable<string> All => _lines;

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
