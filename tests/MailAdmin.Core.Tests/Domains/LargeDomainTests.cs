using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Routing;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Tests.Domains;

public sealed class LargeDomainTests
{
    // More accounts than are read or written at once.
    private const int Accounts = 1_200;

    [Fact]
    public async Task A_large_domain_is_refused_at_once_goes_in_steps_and_takes_its_place_in_other_peoples_aliases_along()
    {
        await using var core = await CoreFixture.CreateAsync();
        var (domain, neighbour) = (await core.AddDomainAsync(max: null), await core.AddDomainAsync("voisin.example", "voisin"));
        await LargeDomain.FillAsync(core, domain, Accounts);
        await core.AddAliasAsync(neighbour, "list", "u1@exemple.be", $"u{Accounts}@exemple.be", "exemple0700", "support@example.org");
        Assert.Equal(Accounts + 1, (await core.MapAsync(PostfixMap.Virtual)).Count);

        Assert.Equal(DeletionProgress.Begun, CoreFixture.Value(await core.DeleteAsync(domain)).Progress);

        Assert.StartsWith("550", (await core.MapAsync(PostfixMap.Refused))["exemple.be"], StringComparison.Ordinal);
        Assert.False(core.Get<LoginDirectory>().Find("exemple0001")!.MayLogin);
        Assert.Equal([700, 200, 0], await StepsAsync(core));
        Assert.Equal(
            ["list@voisin.example -> support@example.org"], (await core.MapAsync(PostfixMap.Virtual)).Select(r => $"{r.Key} -> {r.Value}"));
        Assert.Empty(await core.MapAsync(PostfixMap.Senders));
        await using var context = core.Database.Open();
        Assert.Equal(Accounts, await context.Jobs.CountAsync(t => t.Kind == JobKind.Removal));
    }

    [Fact]
    public async Task What_is_added_while_a_domain_goes_goes_with_it_and_nobody_gets_its_name_before()
    {
        await using var core = await CoreFixture.CreateAsync();
        var domain = await core.AddDomainAsync(max: null);
        await LargeDomain.FillAsync(core, domain, Accounts);
        await core.DeleteAsync(domain);
        var deletions = core.Get<DomainDeletionService>();
        await deletions.StepAsync(domain.Id, TestContext.Current.CancellationToken);
        Assert.True((await core.TryAddAccountAsync(domain, "late")).Succeeded);

        var again = await core.Domains.CreateAsync(new NewDomain(domain.Name, Prefix.Parse("other")), Actor.Panel);
        await StepsAsync(core);

        CoreFixture.RefusedWith("DomainExists", "Name", again);
        Assert.Empty(await core.MapAsync(PostfixMap.Virtual));
        Assert.True((await core.Domains.CreateAsync(new NewDomain(domain.Name, Prefix.Parse("other")), Actor.Panel)).Succeeded);
    }

    // Runs the one provisioning job as the worker does, until it is done. Returns the number of accounts left after each step.
    private static async Task<List<int>> StepsAsync(CoreFixture core)
    {
        var (outbox, token) = (core.Get<OutboxRepository>(), TestContext.Current.CancellationToken);
        List<int> left = [];
        while (true)
        {
            var jobs = await outbox.ClaimAsync("worker", 10_000, TimeSpan.FromMinutes(1), token);
            if (jobs.SingleOrDefault(t => t.Kind == JobKind.DomainRemoval) is not { } job) return left;
            await core.Get<DomainDeletionService>().StepAsync(job.SubjectId, token);
            await outbox.RecordAsync([new JobOutcome(job)], token);
            await using var context = core.Database.Open();
            if (await context.Domains.Where(d => d.Id == job.SubjectId).Select(d => (int?)d.AccountCount)
                .SingleOrDefaultAsync(token) is { } count) left.Add(count);
        }
    }
}
