using System.Collections.Concurrent;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Tests.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace MailAdmin.Web.Tests.Sessions;

public sealed class SignInFailuresHostedServiceTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new(new(2026, 11, 30, 10, 0, 0, TimeSpan.Zero));
    private readonly ConcurrentQueue<string> _logged = new();
    private readonly PanelApplication _panel;

    public SignInFailuresHostedServiceTests() => _panel = new(_clock);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _panel.Dispose();

    [Fact]
    public async Task A_fault_of_one_look_does_not_end_the_looks()
    {
        await _panel.SignedInAsync();
        var (failures, database) = (_panel.Get<SignInFailures>(), _panel.Get<MailDatabase>());
        await failures.PasswordWrongAsync(1, "192.0.2.1");
        _clock.Advance(TimeSpan.FromMinutes(15));
        using var service = new SignInFailuresHostedService(failures, _clock, new Collected(_logged));
        await RunAsync(database, """ALTER TABLE "AdminFailures" RENAME TO "Away" """);
        await service.StartAsync(Token);
        await UntilAsync(() => Task.FromResult(!_logged.IsEmpty));

        await RunAsync(database, """ALTER TABLE "Away" RENAME TO "AdminFailures" """);

        await UntilAsync(async () =>
        {
            await using var context = database.Open();
            return await context.AuditEvents.AnyAsync(e => e.Kind == "admin.sign-in-refused", Token);
        });
        Assert.False(service.ExecuteTask!.IsFaulted);
        await service.StopAsync(Token);
    }

    private static async Task RunAsync(MailDatabase database, string statement)
    {
        await using var context = database.Open();
        await context.Database.ExecuteSqlRawAsync(statement, Token);
    }

    // The panel's own service looks as well, and also survives.
    private async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        while (!await holds())
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(20, deadline.Token);
        }
    }

    private sealed class Collected(ConcurrentQueue<string> lines) : ILogger<SignInFailuresHostedService>
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(formatter(state, exception));
    }
}
