using System.Collections.Concurrent;
using MailAdmin.Core.Accounts;
using MailAdmin.Provisioning.Logins;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace MailAdmin.Provisioning.Tests.Logins;

public sealed class LastLoginsTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly FakeTimeProvider _time = new();
    private readonly LastLogins _logins;
    private readonly ConcurrentQueue<IReadOnlyCollection<LastLogin>> _batches = new();
    private readonly SemaphoreSlim _turns = new(0);
    private bool _failing;

    public LastLoginsTests() => _logins = new LastLogins(_time);

    public void Dispose() => _turns.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_latest_of_each_account_is_written_once()
    {
        _logins.Add(1, MailProtocols.Imap);
        _time.Advance(TimeSpan.FromSeconds(1));
        _logins.Add(1, MailProtocols.Pop3);
        _logins.Add(2, MailProtocols.Smtp);
        await WriteAsync();
        await WriteAsync();
        Assert.Equal(
            [new LastLogin(1, MailProtocols.Pop3, _time.GetUtcNow()), new LastLogin(2, MailProtocols.Smtp, _time.GetUtcNow())],
            Assert.Single(_batches).OrderBy(l => l.AccountId));
    }

    [Fact]
    public async Task What_could_not_be_written_waits_and_gives_way_to_what_is_newer()
    {
        _logins.Add(1, MailProtocols.Imap);
        _logins.Add(2, MailProtocols.Imap);
        _failing = true;
        await Assert.ThrowsAsync<InvalidOperationException>(WriteAsync);
        _failing = false;
        _logins.Add(1, MailProtocols.Sieve);
        await WriteAsync();
        Assert.Equal([MailProtocols.Sieve, MailProtocols.Imap], Assert.Single(_batches).OrderBy(l => l.AccountId).Select(l => l.Service));
    }

    [Fact]
    public async Task No_more_than_a_bound_wait_for_a_database_that_is_away()
    {
        for (var id = 1; id <= LastLogins.MaxWaiting + 10; id++) _logins.Add(id, MailProtocols.Imap);
        _logins.Add(1, MailProtocols.Pop3);
        await WriteAsync();
        Assert.Equal(LastLogins.MaxWaiting, Assert.Single(_batches).Count);
        Assert.Equal(MailProtocols.Pop3, _batches.Single().Single(l => l.AccountId == 1).Service);
    }

    [Fact]
    public async Task The_service_writes_at_each_turn_retries_at_the_next_and_writes_the_rest_at_its_end()
    {
        var options = new LoginOptions { Socket = "unused", LastLoginInterval = Interval };
        using var service = new LastLoginsHostedService(_logins, SaveAsync, options, _time, NullLogger<LastLoginsHostedService>.Instance);
        await service.StartAsync(Token);
        _failing = true;
        _logins.Add(1, MailProtocols.Imap);
        await TurnAsync();
        Assert.Empty(_batches);
        _failing = false;
        await TurnAsync();
        Assert.Single(_batches);
        _logins.Add(2, MailProtocols.Pop3);
        await service.StopAsync(Token);
        Assert.Equal([1, 2], _batches.SelectMany(b => b).Select(l => l.AccountId));
    }

    // The service may not have requested its timer yet, so the clock is advanced until the service has had its turn.
    private async Task TurnAsync()
    {
        for (var n = 0; n < 200; n++)
        {
            _time.Advance(Interval);
            if (await _turns.WaitAsync(TimeSpan.FromMilliseconds(50), Token)) return;
        }

        Assert.Fail("no turn came");
    }

    private Task WriteAsync() => _logins.WriteAsync(SaveAsync, Token);

    private Task SaveAsync(IReadOnlyCollection<LastLogin> batch, CancellationToken cancellationToken)
    {
        if (!_failing) _batches.Enqueue([.. batch]);
        _turns.Release();
        return _failing ? throw new InvalidOperationException("away") : Task.CompletedTask;
    }
}
