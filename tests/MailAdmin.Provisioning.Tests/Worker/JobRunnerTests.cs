using System.Diagnostics;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Passwords;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Provisioning.Sieve;
using MailAdmin.Provisioning.Tests.Cyrus;
using MailAdmin.Provisioning.Worker;
using MailAdmin.Testing.Servers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Provisioning.Tests.Worker;

[Collection(nameof(CyrusServers))]
public sealed class JobRunnerTests(CyrusFixture fixture)
{
    private static int _prefixes;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task New_mailboxes_are_made_together_with_their_folders_and_booked_as_ready()
    {
        await using var worker = await WorkerAsync("Sent", "Trash");
        var accounts = await worker.AddAccountsAsync(5);

        Assert.All(await worker.RunAsync(), o => Assert.Null(o.Error));

        Assert.Equal(5, await worker.ReadyAsync());
        foreach (var account in accounts)
        {
            await using var owner = await RawImap.SignInAsync(worker.Cyrus, account.Username.Value);
            Assert.Contains("(STORAGE 0 25000)", (await owner.OkAsync("GETQUOTAROOT INBOX"))[1], StringComparison.Ordinal);
            Assert.Equal(
                2, (await owner.OkAsync("LIST (SUBSCRIBED) \"\" \"*\"")).Count(l => l.StartsWith("* LIST", StringComparison.Ordinal)));
        }
        // The administrator signed in once, and each owner once.
        Assert.Equal(6, worker.Wire.Sent.Count(sent => sent.StartsWith("AUTHENTICATE", StringComparison.Ordinal)));
    }

    // D6
    [Fact]
    public async Task One_whose_name_has_a_mailbox_already_waits_for_a_choice_and_the_others_are_made()
    {
        await using var worker = await WorkerAsync();
        var accounts = await worker.AddAccountsAsync(3);
        var (older, refused) = (accounts[0], accounts[2]);
        await using var admin = await RawImap.SignInAsync(worker.Cyrus);
        await admin.OkAsync($"CREATE user/{older.Username}");
        await admin.OkAsync($"SETACL user/{older.Username} {older.Username} lr");
        worker.Wire.Break($"CREATE user/{refused.Username}", Fault.Refuse);

        var outcomes = await worker.RunAsync();

        Assert.Equal(["Create: the proxy refuses"], outcomes.Where(o => o.Job.SubjectId == refused.Id).Select(o => o.Error));
        Assert.Equal([older.Id], outcomes.Where(o => o is { IsConflict: true, Refused: true }).Select(o => o.Job.SubjectId));
        Assert.Equal(1, await worker.ReadyAsync());
        Assert.DoesNotContain("lrsw", (await admin.OkAsync($"GETACL user/{older.Username}"))[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_was_made_for_it_by_a_worker_that_died_gets_the_rights_that_it_lacks()
    {
        await using var worker = await WorkerAsync();
        var account = Assert.Single(await worker.AddAccountsAsync(1));
        await using var admin = await RawImap.SignInAsync(worker.Cyrus);
        await admin.OkAsync($"CREATE user/{account.Username} (MAILBOXID {account.MailboxId})");
        await admin.OkAsync($"SETACL user/{account.Username} {account.Username} lr");

        Assert.Null(Assert.Single(await worker.RunAsync()).Error);

        Assert.Equal(
            $"* ACL user/{account.Username} {account.Username} lrswipkxtecdan",
            (await admin.OkAsync($"GETACL user/{account.Username}"))[0]);
    }

    [Fact]
    public async Task Of_two_installations_on_one_Cyrus_that_give_the_same_name_one_has_the_mailbox_and_the_other_is_told()
    {
        var prefix = NewPrefix();
        await using var one = await WorkerAsync(prefix);
        await using var other = await WorkerAsync(prefix);
        var (first, second) = (await one.AddAccountsAsync(4), await other.AddAccountsAsync(4));
        Assert.Equal(first.Select(a => a.Username), second.Select(a => a.Username));

        var both = await Task.WhenAll(one.RunAsync(), other.RunAsync());

        Assert.All(
            first.Zip(second), pair =>
            Assert.Single(
                both.SelectMany(
                    (outcomes, i) => outcomes.Where(o => o.Error is null && o.Job.SubjectId == (i == 0 ? pair.First : pair.Second).Id))));
        Assert.All(both.SelectMany(o => o).Where(o => o.Error is not null), o => Assert.True(o.IsConflict, o.Error));
    }

    [Fact]
    public async Task Names_that_the_server_has_already_are_passed_over_or_refused_and_while_it_is_away_they_are_told_afterwards()
    {
        await using var worker = await WorkerAsync();
        await using var admin = await RawImap.SignInAsync(worker.Cyrus);
        foreach (var number in (int[])[1, 2, 3, 4, 5, 6, 7, 8, 9, 12]) await admin.OkAsync($"CREATE user/{worker.Prefix}{number:D4}");

        var given = (await worker.CreateAsync("a"), await worker.CreateAsync("b"), await worker.CreateAsync("c"));
        Assert.Equal((10, 11, 13), given);

        worker.Wire.Break("GETMETADATA", Fault.Refuse);
        await admin.OkAsync($"CREATE user/{worker.Prefix}0014");
        await worker.ForgetJobsAsync();
        Assert.Equal(14, await worker.CreateAsync("d"));
        worker.Wire.Heal();
        Assert.Single(await worker.RunAsync(), o => o.IsConflict);
    }

    [Fact]
    public async Task A_mailbox_that_is_gone_is_made_again_under_an_identity_of_its_own()
    {
        await using var worker = await WorkerAsync();
        var account = Assert.Single(await worker.AddAccountsAsync(1));
        await worker.RunAsync();
        await using var admin = await RawImap.SignInAsync(worker.Cyrus);
        await admin.OkAsync($"SETACL user/{account.Username} cyrus x");
        await admin.OkAsync($"DELETE user/{account.Username}");
        await worker.AddJobAsync(JobKind.Mailbox, account.Id);

        Assert.Null(Assert.Single(await worker.RunAsync()).Error);

        // Two mailboxes with one identity would share their files, and the deleted one is kept for a while.
        var again = (await worker.FindAsync(account.Id))!;
        Assert.NotEqual(account.MailboxId, again.MailboxId);
        Assert.True(again.IsReady);
    }

    [Fact]
    public async Task A_mailbox_that_is_taken_over_is_cleared_of_foreign_rights_and_of_its_active_script_before_it_is_ready()
    {
        await using var worker = await WorkerAsync();
        var account = Assert.Single(await worker.AddAccountsAsync(1));
        var name = $"user/{account.Username}";
        await using var admin = await RawImap.SignInAsync(worker.Cyrus);
        foreach (
            var command in (
                string[])[$"CREATE {name}", $"CREATE {name}/Vieux", $"SETACL {name} anyone lrs", $"SETACL {name}/Vieux voisin lrsw",
                $"SETACL {name} {account.Username} lr"]) await admin.OkAsync(command);
        await worker.AddScriptAsync(account.Username, "ailleurs", "redirect \"pirate@example.org\";");
        Assert.True(Assert.Single(await worker.RunAsync()).IsConflict);

        var (wasSeen, found) = await worker.InspectAsync(account.Id);
        Assert.True(wasSeen);
        Assert.Equal(["anyone lrs", "Vieux: voisin lrsw"], found!.Facts.Rights);
        Assert.Equal(("ailleurs", 2), (found.Facts.Script, found.Facts.Folders));
        await worker.TakeOverAsync(account.Id, found.Facts, TakeOver.RemoveRights | TakeOver.StopScript);
        Assert.Null(Assert.Single(await worker.RunAsync()).Error);

        Assert.Equal($"* ACL {name} {account.Username} lrswipkxtecdan", (await admin.OkAsync($"GETACL {name}"))[0]);
        Assert.DoesNotContain("voisin", (await admin.OkAsync($"GETACL {name}/Vieux"))[0], StringComparison.Ordinal);
        Assert.Equal(["ailleurs"], await worker.ScriptsAsync(account.Username));
        var facts = (await worker.FindAsync(account.Id))!;
        Assert.Equal((found.Facts.Id, TakeOver.None, true), (facts.MailboxId, facts.TakeOver, facts.IsReady));
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

    // Eight waits of ten seconds would be longer than the lease. In this test one wait is two seconds, and eight would be sixteen.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task While_Cyrus_hangs_the_jobs_that_go_together_wait_for_it_once_and_all_is_done_afterwards(bool areReady)
    {
        await using var worker = await WorkerAsync(NewPrefix(), wait: TimeSpan.FromSeconds(2));
        var accounts = await worker.AddAccountsAsync(8);
        if (areReady)
        {
            await worker.RunAsync();
            foreach (var account in accounts) await worker.AddJobAsync(JobKind.Mailbox, account.Id);
        }
        worker.Wire.Break(areReady ? "GETQUOTAROOT" : "SETQUOTA", Fault.Swallow);
        var watch = Stopwatch.StartNew();

        Assert.All(await worker.RunAsync(), o => Assert.True(o is { Error: not null, Refused: false }));

        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(12));
        worker.Wire.Heal();
        await worker.RetryAsync();
        Assert.All(await worker.RunAsync(), o => Assert.Null(o.Error));
        Assert.Equal(8, await worker.ReadyAsync());
    }

    [Fact]
    public async Task A_job_that_nobody_knows_how_to_do_is_told_and_stops_no_other()
    {
        await using var worker = await WorkerAsync();
        var account = Assert.Single(await worker.AddAccountsAsync(1));
        await worker.AddJobAsync((JobKind)99, account.Id);

        var outcomes = await worker.RunAsync();

        Assert.Equal([null, "No worker for 99."], outcomes.OrderBy(o => o.Job.Kind).Select(o => o.Error));
        Assert.Equal(1, await worker.ReadyAsync());
    }

    private Task<OwnWorker> WorkerAsync(params string[] folders) => WorkerAsync(NewPrefix(), folders);

    private static string NewPrefix() => $"lot{(char)('a' + Interlocked.Increment(ref _prefixes))}";

    /// <param name="wait">The longest wait for an answer of Cyrus; by default so long that only a fault exceeds it.</param>
    private async Task<OwnWorker> WorkerAsync(string prefix, string[]? folders = null, TimeSpan? wait = null)
    {
        var cyrus = await fixture.ServerAsync();
        var core = await CoreFixture.CreateAsync();
        return new(
            cyrus, core, wait ?? TimeSpan.FromSeconds(60),
            await core.AddDomainAsync($"{prefix}.example", prefix, change: d => d with { Folders = folders ?? [], MaxAccounts = 50 }));
    }

    /// <summary>The panel's services on a database of their own, behind a wire that can fail. Nothing runs by itself.</summary>
    private sealed class OwnWorker : IAsyncDisposable
    {
        private readonly CoreFixture _core;
        private readonly MailDomain _domain;
        private readonly ServiceProvider _services;

        public OwnWorker(PrivateCyrus cyrus, CoreFixture core, TimeSpan wait, MailDomain domain)
        {
            (Cyrus, _core, _domain, Wire) = (cyrus, core, domain, new WireProxy(cyrus.Port));
            var options = cyrus.Options(Wire.Port);
            options.CommandTimeout = wait;
            _services = new ServiceCollection().AddLogging().AddMailAdminCore(core.Get<DatabaseOptions>(), new PasswordOptions { Cost = 4 })
                .AddWorker(options, cyrus.SieveOptions())
                .BuildServiceProvider();
        }

        public PrivateCyrus Cyrus { get; }

        public WireProxy Wire { get; }

        public string Prefix => _domain.Prefix.Value;

        public async Task<List<Account>> AddAccountsAsync(int count)
        {
            var accounts = new List<Account>();
            for (var i = 0; i < count; i++) accounts.Add(CoreFixture.Value(await _core.TryAddAccountAsync(_domain, $"u{i}")));
            return accounts;
        }

        public Task<bool> AddJobAsync(JobKind kind, long subject) => _core.Database.ExecuteWithoutAuditAsync(context =>
        {
            context.Jobs.Add(
                new ProvisioningJob
                {
                    Kind = kind,
                    SubjectId = subject,
                    CreatedAt = _core.Clock.GetUtcNow(),
                    DueAt = _core.Clock.GetUtcNow(),
                });
            return Task.FromResult(true);
        });

        /// <summary>Claims all jobs that are due, runs them together and records the outcomes.</summary>
        public async Task<IReadOnlyList<JobOutcome>> RunAsync()
        {
            var outbox = _services.GetRequiredService<OutboxRepository>();
            var jobs = await outbox.ClaimAsync("test", 32, TimeSpan.FromMinutes(1), Cancellation);
            var outcomes = await _services.GetRequiredService<JobRunner>().RunAsync(jobs, Cancellation).ToListAsync(Cancellation);
            Assert.Equal(jobs.Select(t => t.Id).Order(), outcomes.Select(o => o.Job.Id).Order());
            await outbox.RecordAsync(outcomes, Cancellation);
            return outcomes;
        }

        /// <summary>Creates an account as the panel does, which asks the server first.</summary>
        /// <returns>The number in the username.</returns>
        public async Task<int> CreateAsync(string localPart)
        {
            var request = new NewAccount(
                _domain.Id, Core.Addresses.LocalPart.Parse(localPart), new Quota(25_000), CoreFixture.GoodPassword,
                CoreFixture.GoodPassword);
            var made = CoreFixture.Value(await _services.GetRequiredService<AccountService>().CreateAsync(request, Actor.Panel));
            return int.Parse(made.Username.Value[Prefix.Length..], System.Globalization.CultureInfo.InvariantCulture);
        }

        /// <summary>Removes the jobs, so that the next run has only those that come from now on.</summary>
        public Task<int> ForgetJobsAsync() => _core.Database.ExecuteWithoutAuditAsync(context => context.Jobs.ExecuteDeleteAsync());

        public Task<MailboxFacts?> FindAsync(long accountId) =>
            _services.GetRequiredService<MailboxRepository>().FindAsync(accountId, Cancellation);

        public async Task<(bool WasSeen, ForeignMailbox? Mailbox)> InspectAsync(long accountId)
        {
            var facts = (await FindAsync(accountId))!;
            return await _services.GetRequiredService<ForeignMailboxes>().InspectAsync(new(facts.Username, facts.MailboxId), Cancellation);
        }

        public async Task TakeOverAsync(long accountId, FoundMailbox found, TakeOver takeOver)
        {
            await using var context = _core.Database.Open();
            var version = await context.Accounts.Where(a => a.Id == accountId).Select(a => a.Version).SingleAsync();
            CoreFixture.Value(
                await _services.GetRequiredService<AccountMailboxService>()
                    .TakeOverAsync(accountId, version, found, takeOver, Actor.Panel));
        }

        public async Task AddScriptAsync(Username username, string name, string script)
        {
            await using var client = await ManageSieveClient.SignInAsync(
                Cyrus.SieveOptions(), Cyrus.Options(), TimeProvider.System, username, Cancellation);
            await client.PutScriptAsync(name, script, Cancellation);
            await client.SetActiveAsync(name, Cancellation);
        }

        /// <summary>The names of the scripts; an active one has a star.</summary>
        public async Task<IEnumerable<string>> ScriptsAsync(Username username)
        {
            await using var client = await ManageSieveClient.SignInAsync(
                Cyrus.SieveOptions(), Cyrus.Options(), TimeProvider.System, username, Cancellation);
            return (await client.ListScriptsAsync(Cancellation)).Select(s => s.IsActive ? s.Name + "*" : s.Name);
        }

        public Task<int> RetryAsync() => _services.GetRequiredService<JobService>().RetryAllAsync(Actor.Panel);

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
