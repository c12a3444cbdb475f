using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Accounts;

/// <summary>Quotas stay within those of the domain.</summary>
public sealed class AccountQuotaTests
{
    [Fact]
    public async Task A_domain_admin_stays_below_the_domains_maximum_and_the_superuser_may_exceed_it()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync(change: d => d with { MaxQuota = new Quota(25_000) });

        RefusedWith("QuotaAboveDomainMaximum", "Quota", await core.TryAddAccountAsync(domain, "a", new Quota(25_001), Jens(domain.Id)));
        Value(await core.TryAddAccountAsync(domain, "b", new Quota(50_000), Actor.Panel));
    }

    [Fact] // C067
    public async Task A_domain_admin_gives_no_account_an_unlimited_quota_where_the_domain_has_a_limit()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync(change: d => d with { MaxQuota = new Quota(25_000) });
        var jens = Jens(domain.Id);
        var account = Value(await core.TryAddAccountAsync(domain, "a", new Quota(25_000), jens));

        RefusedWith(
            "QuotaAboveDomainMaximum", "Quota",
            await core.Accounts.CreateAsync(new NewAccount(domain.Id, LocalPart.Parse("b"), null, GoodPassword, GoodPassword), jens));
        RefusedWith("QuotaAboveDomainMaximum", "Quota", await core.Accounts.ChangeQuotaAsync(account.Id, account.Version, null, jens));
        RefusedWith(
            "QuotaAboveDomainMaximum", "Quota", await core.Accounts.ChangeQuotaAsync(account.Id, account.Version, new Quota(25_001), jens));
        foreach (var actor in (Actor[])[jens, Actor.Panel])
            RefusedWith("QuotaZero", "Quota", await core.Accounts.ChangeQuotaAsync(account.Id, account.Version, new Quota(0), actor));
        Value(await core.Accounts.ChangeQuotaAsync(account.Id, account.Version, null, Actor.Panel));
    }

    [Fact]
    public async Task Nobody_exceeds_the_domains_total()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync(change: d => d with { TotalQuota = new Quota(30_000) });
        Value(await core.TryAddAccountAsync(domain, "a", new Quota(25_000)));

        RefusedWith("QuotaDomainTotalExceeded", "Quota", await core.TryAddAccountAsync(domain, "b", new Quota(5_001)));
        Value(await core.TryAddAccountAsync(domain, "c", new Quota(5_000)));
    }

    // C070
    [Fact]
    public async Task A_quota_may_be_raised_up_to_the_allowance_and_lowered()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync(
            change: d => d with { DefaultQuota = new Quota(20_000), MaxQuota = new Quota(25_000), TotalQuota = new Quota(25_000) });
        var account = Value(await core.TryAddAccountAsync(domain, "a", new Quota(20_000)));

        account = Value(await core.Accounts.ChangeQuotaAsync(account.Id, account.Version, new Quota(25_000), Jens(domain.Id)));
        account = Value(await core.Accounts.ChangeQuotaAsync(account.Id, account.Version, new Quota(5_000), Jens(domain.Id)));

        await using var context = core.Database.Open();
        Assert.Equal(5_000, (await context.Domains.SingleAsync(TestContext.Current.CancellationToken)).AllocatedKiB);
    }
}
