using System.Diagnostics;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Passwords;
using MailAdmin.Core.Tests.Data;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Provisioning.Tests.Cyrus;
using MailAdmin.Provisioning.Worker;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Provisioning.Tests.Worker;

[Collection(nameof(CyrusServers))]
public sealed class OutboxTasksTests(CyrusFixture fixture)
{
    private static int _prefixes;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task New_mailboxes_are_made_together_with_their_folders_and_booked_as_ready()
    {
        await using var worker = await WorkerAsync(folders: ["Sent", "Trash"]);
        var accounts = await worker.AddAccountsAsync(5);

        Assert.All(await worker.RunAsync(), o => Assert.Null(o.Error));

        Assert.Equal(5, await worker.ReadyAsync());
        foreach (var account in accounts)
        {
            await using var owner = await RawImap.SignInAsync(worker.Cyrus, account.Username.Value);
            Assert.Contains("(STORAGE 0 25000)", (await owner.OkAsync("GETQUOTAROOT INBOX"))[1], StringComparison.Ordinal);
            Assert.Equal(2, (await owner.OkAsync("LIST (SUBSCRIBED) \"\" \"*\"")).Count(l => l.StartsWith("* LIST", StringComparison.Ordinal)));
        }
        // The administrator signed in once, each owner once.
        Assert.Equal(6, worker.Wire.Sent.Count(sent => sent.StartsWith("AUTHENTICATE", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task One_that_was_there_before_gets_the_rights_that_it_lacks_and_one_that_is_refused_is_told_so()
    {
        await using var worker = await WorkerAsync();
        var accounts = await worker.AddAccountsAsync(3);
        var (older, refused) = (accounts[0].Username, accounts[2]);
        await using var admin = await RawImap.SignInAsync(worker.Cyrus);
        await admin.OkAsync($"CREATE user/{older}");
        await admin.OkAsync($"SETACL user/{older} {older} lr");
        worker.Wire.Break($"CREATE user/{refused.Username}", Fault.Refuse);

        var outcomes = await worker.RunAsync();

        Assert.Equal(["Create: the proxy refuses"], outcomes.Where(o => o.Task.SubjectId == refused.Id).Select(o => o.Error));
        Assert.Equal(2, await worker.ReadyAsync());
        Assert.Equal($"* ACL user/{older} {older} lrswipkxtecdan", (await admin.OkAsync($"GETACL user/{older}"))[0]);
    }

    [Fact]
    public async Task One_that_ends_the_connection_each_time_takes_its_neighbours_along_only_once()
    {
        await using var worker = await WorkerAsync();
        var accounts = await worker.AddAccountsAsync(3);
        worker.Wire.Break($"CREATE user/{accounts[1].Username}", Fault.Bye);

        Assert.All(await worker.RunAsync(), o => Assert.True(o is { Error: not null, Refused: false }));
        await worker.RetryAsync();
        await worker.RunAsync();

        Assert.Equal(2, await worker.ReadyAsync());
        worker.Wire.Heal();
        await worker.RetryAsync();
        Assert.Null(Assert.Single(await worker.RunAsync()).Error);
    }

    // Eight waits of ten seconds would be longer than the lease.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task While_Cyrus_hangs_the_tasks_that_go_together_wait_for_it_once_and_all_is_done_afterwards(bool areReady)
    {
        await using var worker = await WorkerAsync();
        var accounts = await worker.AddAccountsAsync(4);
        if (areReady)
        {
            await worker.RunAsync();
            foreach (var account in accounts) await worker.AddTaskAsync(OutboxKind.Mailbox, account.Id);
        }
        worker.Wire.Break("SETQUOTA", Fault.Swallow);
        var watch = Stopwatch.StartNew();

        Assert.All(await worker.RunAsync(), o => Assert.True(o is { Error: not null, Refused: false }));

        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(1.9));
        worker.Wire.Heal();
        await worker.RetryAsync();
        Assert.All(await worker.RunAsync(), o => Assert.Null(o.Error));
        Assert.Equal(4, await worker.ReadyAsync());
    }

    [Fact]
    public async Task A_task_that_nobody_knows_how_to_do_is_told_and_stops_no_other()
    {
        await using var worker = await WorkerAsync();
        var account = Assert.Single(await worker.AddAccountsAsync(1));
        await worker.AddTaskAsync((OutboxKind)99, account.Id);

        var outcomes = await worker.RunAsync();

        Assert.Equal([null, "No worker for 99."], outcomes.OrderBy(o => o.Task.Kind).Select(o => o.Error));
        Assert.Equal(1, await worker.ReadyAsync());
    }

    private async Task<OwnWorker> WorkerAsync(params string[] folders)
    {
        var cyrus = await fixture.ServerAsync();
        var core = await CoreFixture.CreateAsync();
        var prefix = $"lot{(char)('a' + Interlocked.Increment(ref _prefixes))}";
        return new(cyrus, core, await core.AddDomainAsync($"{prefix}.example", prefix, change: d => d with { Folders = folders }));
    }

    /// <summary>The panel's services on a database of their own and behind a wire that can fail; nothing runs by itself.</summary>
    private sealed class OwnWorker : IAsyncDisposable
    {
        private readonly CoreFixture _core;
        private readonly MailDomain _domain;
        private readonly ServiceProvider _services;

        public OwnWorker(PrivateCyrus cyrus, CoreFixture core, MailDomain domain)
        {
            (Cyrus, _core, _domain, Wire) = (cyrus, core, domain, new WireProxy(cyrus.Port));
            var options = cyrus.Options(Wire.Port);
            options.CommandTimeout = TimeSpan.FromSeconds(1);
            var database = new DatabaseOptions { File = core.File, StoreName = DomainName.Parse("store.lab.example"), StoreNextHop = "store:unix:/lmtp" };
            _services = new ServiceCollection().AddLogging().AddMailAdminCore(database, new PasswordOptions { Cost = 4 })
                .AddWorker(o => (o.Host, o.Port, o.Tls, o.AdminUser, o.AdminPassword, o.CommandTimeout) = (options.Host, options.Port, options.Tls, options.AdminUser, options.AdminPassword, options.CommandTimeout), _ => { })
                .BuildServiceProvider();
        }

        public PrivateCyrus Cyrus { get; }

        public WireProxy Wire { get; }

        public async Task<List<Account>> AddAccountsAsync(int count)
        {
            var accounts = new List<Account>();
            for (var i = 0; i < count; i++) accounts.Add(CoreFixture.Value(await _core.TryAddAccountAsync(_domain, $"u{i}")));
            return accounts;
        }

        public Task<bool> AddTaskAsync(OutboxKind kind, long subject) => _core.Database.NoteAsync(context =>
        {
            context.OutboxTasks.Add(new OutboxTask { Kind = kind, SubjectId = subject, CreatedAt = _core.Clock.GetUtcNow(), DueAt = _core.Clock.GetUtcNow() });
            return Task.FromResult(true);
        });

        /// <summary>Claims all that is due, runs it together and books it.</summary>
        public async Task<IReadOnlyList<TaskOutcome>> RunAsync()
        {
            var outbox = _services.GetRequiredService<OutboxRepository>();
            var tasks = await outbox.ClaimAsync("test", 32, TimeSpan.FromMinutes(1), Cancellation);
            var outcomes = await _services.GetRequiredService<OutboxTasks>().RunAsync(tasks, Cancellation).ToListAsync(Cancellation);
            Assert.Equal(tasks.Select(t => t.Id).Order(), outcomes.Select(o => o.Task.Id).Order());
            await outbox.BookAsync(outcomes, Cancellation);
            return outcomes;
        }

        public Task<int> RetryAsync() => _services.GetRequiredService<TaskService>().RetryAllAsync(Actor.Panel);

        public async Task<int> ReadyAsync()
        {
            await using var context = _core.Database.Open();
            return await context.Accounts.CountAsync(a => a.MailboxReady);
        }

        public async ValueTask DisposeAsync()
        {
            await _services.DisposeAsync();
            Wire.Dispose();
            await _core.DisposeAsync();
        }
    }
}
