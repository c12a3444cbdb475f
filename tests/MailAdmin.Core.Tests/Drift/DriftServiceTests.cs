using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Drift;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Routing;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Tests.Drift;

public sealed class DriftServiceTests
{
    [Fact]
    public async Task A_quota_is_taken_over_with_the_sum_that_the_domain_keeps()
    {
        await using var core = await CoreFixture.CreateAsync();
        var domain = await core.AddDomainAsync();
        var account = await core.AddAccountAsync(domain, "gugus.dupont");
        var finding = await FindAsync(
            core, new()
            {
                Kind = DriftKind.QuotaDiffers,
                AccountId = account.Id,
                Subject = account.Username.Value,
                Wanted = "25000",
                Found = "30000"
            });

        Assert.True((await core.Get<DriftService>().RepairAsync(finding, DriftRepair.Database, Actor.Panel)).Succeeded);

        await using var context = core.Database.Open();
        Assert.Equal(new Quota(30_000), (await context.Accounts.SingleAsync()).Quota);
        Assert.Equal(30_000, (await context.Domains.SingleAsync()).AllocatedKiB);
        Assert.Equal("account.quota-changed", await context.AuditEvents.OrderByDescending(e => e.Id).Select(e => e.Kind).FirstAsync());
    }

    [Fact]
    public async Task A_row_of_a_map_is_published_once_more_and_one_too_many_is_published_as_absent()
    {
        await using var core = await CoreFixture.CreateAsync();
        var domain = await core.AddDomainAsync();
        await core.AddAccountAsync(domain, "gugus.dupont");
        var head = (await core.Get<MapRepository>().HeadAsync(default)).Last;
        var missing = await FindAsync(
            core, new() { Kind = DriftKind.MapRowMissing, Map = PostfixMap.Domains, Subject = "exemple.be", Wanted = "hosted" });
        var extra = await FindAsync(
            core, new()
            {
                Kind = DriftKind.MapRowExtra,
                Map = PostfixMap.Virtual,
                Subject = "intrus@exemple.be",
                Found = "pirate@example.org"
            });

        foreach (var finding in (long[])[missing, extra])
            Assert.True((await core.Get<DriftService>().RepairAsync(finding, DriftRepair.Server, Actor.Panel)).Succeeded);

        var rows = await core.Get<MapRepository>().ListAfterAsync(head, null, 10, default);
        Assert.Equal([("exemple.be", "hosted"), ("intrus@exemple.be", null)], rows.Select(r => (r.Key, r.Value)));
    }

    [Fact]
    public async Task All_of_a_kind_are_repaired_in_steps_and_others_stay()
    {
        await using var core = await CoreFixture.CreateAsync();
        var domain = await core.AddDomainAsync();
        var account = await core.AddAccountAsync(domain, "gugus.dupont");
        var run = (await core.Get<DriftRepository>().BeginAsync())!;
        var found = Enumerable.Range(0, 450)
            .Select(i =>
            new DriftFinding
            {
                RunId = run.Id,
                Kind = DriftKind.MapRowExtra,
                Map = PostfixMap.Virtual,
                Subject = $"{i}@exemple.be",
                Found = "x@example.org"
            })
            .Append(new() { RunId = run.Id, Kind = DriftKind.MailboxMissing, AccountId = account.Id, Subject = account.Username.Value })
            .Append(new() { RunId = run.Id, Kind = DriftKind.MailboxOrphaned, Subject = "personne" }).ToList();
        await core.Get<DriftRepository>().SaveAsync(run.Id, found, r => r.Phase = DriftPhase.Finished);

        Assert.Equal(450, await core.Get<DriftService>().RepairAllAsync(run.Id, DriftKind.MapRowExtra, DriftRepair.Server, Actor.Panel));
        Assert.Equal(
            [DriftKind.MailboxMissing, DriftKind.MailboxOrphaned], (await core.Get<DriftRepository>().CountAsync(run.Id))
                .Select(c => c.Kind));

        Assert.Equal(1, await core.Get<DriftService>().RepairAllAsync(run.Id, null, DriftRepair.Server, Actor.Panel));
        Assert.Equal(DriftKind.MailboxOrphaned, Assert.Single(await core.Get<DriftRepository>().CountAsync(run.Id)).Kind);
        await using var context = core.Database.Open();
        Assert.True(await context.Jobs.AnyAsync(t => t.Kind == JobKind.Mailbox && t.SubjectId == account.Id));
    }

    [Fact]
    public async Task A_mailbox_of_nobody_goes_only_with_its_name_typed_and_never_once_somebody_has_it()
    {
        await using var core = await CoreFixture.CreateAsync();
        var domain = await core.AddDomainAsync();
        var account = await core.AddAccountAsync(domain, "gugus.dupont");
        var (orphan, owned) = (await FindAsync(core, Orphan("personne")), await FindAsync(core, Orphan(account.Username.Value)));
        var service = core.Get<DriftService>();

        CoreFixture.RefusedWith("DriftNoSuchRepair", null, await service.RepairAsync(orphan, DriftRepair.Server, Actor.Panel));
        CoreFixture.RefusedWith("DriftNameDiffers", "TypedName", await service.RemoveOrphanAsync(orphan, "", Actor.Panel));
        CoreFixture.RefusedWith("DriftGone", null, await service.RemoveOrphanAsync(owned, account.Username.Value, Actor.Panel));
        Assert.True((await service.RemoveOrphanAsync(orphan, "personne", Actor.Panel)).Succeeded);

        await using var context = core.Database.Open();
        var retired = await context.RetiredUsernames.SingleAsync();
        Assert.Equal("personne", retired.Username.Value);
        Assert.True(await context.Jobs.AnyAsync(t => t.Kind == JobKind.Removal && t.SubjectId == retired.Id));
    }

    [Fact]
    public async Task Only_a_superuser_repairs()
    {
        await using var core = await CoreFixture.CreateAsync();
        var domain = await core.AddDomainAsync();
        var finding = await FindAsync(core, Orphan("personne"));

        await Assert.ThrowsAsync<NotPermittedException>(
            () => core.Get<DriftService>().RepairAsync(finding, DriftRepair.Server, CoreFixture.Jens(domain.Id)));
    }

    private static DriftFinding Orphan(string name) => new() { Kind = DriftKind.MailboxOrphaned, Subject = name, Found = "12" };

    private static async Task<long> FindAsync(CoreFixture core, DriftFinding finding)
    {
        var drift = core.Get<DriftRepository>();
        var run = await drift.LatestAsync() ?? (await drift.BeginAsync())!;
        finding.RunId = run.Id;
        await drift.SaveAsync(run.Id, [finding], r => r.Phase = DriftPhase.Finished);
        return finding.Id;
    }
}
