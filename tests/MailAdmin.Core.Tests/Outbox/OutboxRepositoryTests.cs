using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Routing;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Outbox;

public sealed class OutboxRepositoryTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task A_fulfilled_wish_is_gone_and_its_account_is_open_for_mail()
    {
        await using var core = await CreateAsync();
        Value(await core.TryAddAccountAsync(await core.AddDomainAsync(), "gugus.dupont"));
        var outbox = core.Get<OutboxRepository>();
        var job = Assert.Single(await outbox.ClaimAsync("w", 10, Lease, default));
        Assert.NotEmpty(await core.MapAsync(PostfixMap.Refused));

        await outbox.RecordAsync([new(job)], default);

        Assert.Empty(await core.MapAsync(PostfixMap.Refused));
        Assert.Null(await outbox.NextDueAsync(default));
    }

    [Fact]
    public async Task A_wish_renewed_while_it_ran_stays_and_is_due_at_once()
    {
        await using var core = await CreateAsync();
        var account = Value(await core.TryAddAccountAsync(await core.AddDomainAsync(), "gugus.dupont"));
        var outbox = core.Get<OutboxRepository>();
        var job = Assert.Single(await outbox.ClaimAsync("w", 10, Lease, default));
        Value(await core.Accounts.ChangeQuotaAsync(account.Id, account.Version, new Quota(1), Actor.Panel));

        await outbox.RecordAsync([new(job)], default);

        Assert.Equal(2, Assert.Single(await outbox.ClaimAsync("w", 10, Lease, default)).Revision);
    }

    [Fact]
    public async Task What_was_booked_while_the_clock_was_ahead_does_not_wait_for_that_time_to_come()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var outbox = core.Get<OutboxRepository>();
        Value(await core.TryAddAccountAsync(domain, "avant"));
        core.Clock.AdjustTime(core.Clock.GetUtcNow().AddDays(30));
        Value(await core.TryAddAccountAsync(domain, "pendant"));
        var claimed = await outbox.ClaimAsync("w", 10, Lease, default);
        await outbox.RecordAsync([new(claimed[0], "away", Refused: false, core.Clock.GetUtcNow().AddSeconds(1))], default);
        core.Clock.AdjustTime(core.Clock.GetUtcNow().AddDays(-30));
        Assert.Empty(await outbox.ClaimAsync("w", 10, Lease, default));

        await outbox.SetClockRightAsync(default);

        Assert.Equal(2, (await outbox.ClaimAsync("w", 10, Lease, default)).Count);
    }

    [Fact]
    public async Task Two_workers_never_have_the_same_job_and_a_dead_ones_jobs_come_back()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        foreach (var n in Enumerable.Range(1, 10)) Value(await core.TryAddAccountAsync(domain, $"u{n}"));
        var outbox = core.Get<OutboxRepository>();

        var claims = await Task.WhenAll(Enumerable.Range(1, 5).Select(n => Task.Run(() => outbox.ClaimAsync($"w{n}", 3, Lease, default))));
        var ids = claims.SelectMany(c => c).Select(t => t.Id).ToList();
        Assert.Equal((10, 10), (ids.Count, ids.Distinct().Count()));

        core.Clock.Advance(Lease);
        Assert.Equal(10, (await outbox.ClaimAsync("w6", 100, Lease, default)).Count);
    }

    [Fact]
    public async Task A_failure_keeps_the_servers_words_and_waits_while_the_address_stays_closed()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        Value(await core.TryAddAccountAsync(domain, "gugus.dupont"));
        var outbox = core.Get<OutboxRepository>();
        var job = Assert.Single(await outbox.ClaimAsync("w", 10, Lease, default));

        await outbox.RecordAsync([new(job, "Over quota for this server", Refused: true, core.Clock.GetUtcNow().AddMinutes(1))], default);

        Assert.Empty(await outbox.ClaimAsync("w", 10, Lease, default));
        var row = Assert.Single((await core.Get<AccountRepository>().ListAsync(domain, new(0, 10))).Rows);
        Assert.Equal(new JobState(true, 1, "Over quota for this server"), row.Job);
        Assert.False(row.MailboxReady);
        core.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Single(await outbox.ClaimAsync("w", 10, Lease, default));
    }

    [Fact]
    public async Task What_waited_for_an_absent_server_is_due_when_it_is_back()
    {
        await using var core = await CreateAsync();
        Value(await core.TryAddAccountAsync(await core.AddDomainAsync(), "gugus.dupont"));
        var outbox = core.Get<OutboxRepository>();
        var job = Assert.Single(await outbox.ClaimAsync("w", 10, Lease, default));
        await outbox.RecordAsync([new(job, "away", Refused: false, core.Clock.GetUtcNow().AddHours(1))], default);

        await outbox.RetryDeferredAsync(default);

        Assert.Single(await outbox.ClaimAsync("w", 10, Lease, default));
    }
}
