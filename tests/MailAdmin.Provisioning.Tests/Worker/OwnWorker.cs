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

/// <summary>The panel's services on a database of their own, behind a wire that can fail. Nothing runs by itself.</summary>
internal sealed class OwnWorker : IAsyncDisposable
{
    private readonly CoreFixture _core;
    private readonly MailDomain _domain;
    private readonly ServiceProvider _services;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

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

    /// <summary>The same, and again for what Cyrus left open: it may end a connection while another one makes the same mailbox.</summary>
    /// <returns>The last outcome of each job.</returns>
    public async Task<IReadOnlyCollection<JobOutcome>> SettleAsync()
    {
        var last = new Dictionary<long, JobOutcome>();
        await Eventually.HoldsAsync(async () =>
        {
            foreach (var outcome in await RunAsync()) last[outcome.Job.Id] = outcome;
            Assert.DoesNotContain(last.Values, o => o is { Error: not null, Refused: false });
        }, TimeSpan.FromSeconds(30));
        return last.Values;
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
