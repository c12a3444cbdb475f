using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Sending;
using MailAdmin.Provisioning.Logins;
using MailAdmin.Provisioning.Sending;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailAdmin.Provisioning.Tests.Sending;

/// <summary>Sent messages still count after a restart, and in every process on the same database.</summary>
public sealed class SentMessagesTests
{
    [Fact]
    public async Task What_was_sent_before_a_restart_counts_after_it()
    {
        await using var core = await CoreFixture.CreateAsync();
        await LimitAsync(core, 3);
        await using (var before = new Process(core))
        {
            Assert.Equal(SendingPolicy.GoOn, before.Send());
            Assert.Equal(SendingPolicy.GoOn, before.Send());
            await before.WriteAsync();
        }

        await using var after = new Process(core);
        Assert.Equal(SendingPolicy.GoOn, after.Send());
        Assert.StartsWith("450 4.7.1", after.Send(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_processes_on_one_database_know_of_each_others_messages_as_soon_as_they_are_written()
    {
        await using var core = await CoreFixture.CreateAsync();
        await LimitAsync(core, 4);
        await using var one = new Process(core);
        await using var other = new Process(core);
        Assert.Equal(SendingPolicy.GoOn, one.Send());
        Assert.Equal(SendingPolicy.GoOn, other.Send());
        Assert.Equal(SendingPolicy.GoOn, other.Send());
        await Task.WhenAll(one.WriteAsync(), other.WriteAsync());

        Assert.Equal(SendingPolicy.GoOn, one.Send());

        Assert.StartsWith("450 4.7.1", one.Send(), StringComparison.Ordinal);
        await one.WriteAsync();
        Assert.StartsWith("450 4.7.1", other.Send(), StringComparison.Ordinal);
    }

    // Counts are written while messages are counted. Nothing counts twice, and nothing is lost.
    [Fact]
    public async Task Who_sends_while_counts_are_written_comes_to_the_limit_and_not_past_it()
    {
        await using var core = await CoreFixture.CreateAsync();
        await LimitAsync(core, 60);
        await using var process = new Process(core);
        using var done = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested) await process.WriteAsync();
        });

        var sent = (
            await Task.WhenAll(
                Enumerable.Range(0, 4)
                    .Select(_ => Task.Run(() => Enumerable.Range(0, 25).Count(_ => process.Send() == SendingPolicy.GoOn))))).Sum();

        await done.CancelAsync();
        await writing;
        Assert.Equal(60, sent);
    }

    private static async Task LimitAsync(CoreFixture core, int messages)
    {
        await core.AddAccountAsync(await core.AddDomainAsync(), "gugus");
        Assert.True((await core.Get<SendingService>().ChangeDefaultAsync(0, new SendingLimits(messages, 0, 0, 0), Actor.Panel)).Succeeded);
    }

    /// <summary>A process that has the policy service.</summary>
    private sealed class Process : IAsyncDisposable
    {
        private const int Smtpd = 4711;

        private readonly SentMessages _messages = new();
        private readonly SenderDirectory _directory;
        private readonly SendingPolicy _policy;

        public Process(CoreFixture core)
        {
            _directory = new(core.Database);
            var sessions = new MailSessions();
            _policy = new(_directory.Find, sessions, _messages, core.Clock, NullLogger<SendingPolicy>.Instance);
            var account = _directory.Find("exemple0001", SendingHour.Of(core.Clock.GetUtcNow()))!;
            sessions.Add(
                Smtpd, MailProtocols.Smtp, new(account.AccountId, account.Username, account.PasswordHash, MailProtocols.All, true));
        }

        public string Send() => _policy.Answer(new("DATA", "exemple0001", 1), Smtpd);

        public Task WriteAsync() => _messages.WriteAsync(counts => _directory.AddAsync(counts, TestContext.Current.CancellationToken));

        public ValueTask DisposeAsync()
        {
            _directory.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
