using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Tests.Accounts;

/// <summary>
/// Usernames and account maximums when several requests create and delete at once, on domains whose numbers run into one another.
/// </summary>
public sealed class NumberingProperties
{
    private const int Max = 3;

    // "shop" + 10001 is "shop1" + 0001, and "mail" + 20001 is "mail2" + 0001.
    private static readonly (string Prefix, long Next)[] Domains = [("shop", 9_999), ("shop1", 1), ("mail", 20_000), ("mail2", 1)];

    /// <summary>
    /// Rounds of operations that run at once. Each chooses a domain, and whether an account is created, hidden, or deleted for good.
    /// </summary>
    public sealed record Rounds(int[][] Operations)
    {
        public override string ToString() => string.Join(" | ", Operations.Select(o => string.Join(' ', o)));
    }

    public static Arbitrary<Rounds> AnyRounds() => Arb.From(
        Gen.Choose(1, 8)
            .SelectMany(rounds => Gen.ArrayOf(Gen.Choose(1, 5).SelectMany(size => Gen.ArrayOf(Gen.Choose(0, 47), size)), rounds))
                .Select(o => new Rounds(o)),
        rounds =>
            Enumerable.Range(0, rounds.Operations.Length).Select(left => new Rounds([.. rounds.Operations.Where((_, i) => i != left)])));

    [Property(Arbitrary = [typeof(NumberingProperties)], MaxTest = 6, QuietOnSuccess = true)]
    public async Task No_username_is_given_twice_and_no_domain_exceeds_its_maximum(Rounds rounds)
    {
        await using var core = await CoreFixture.CreateAsync();
        var domains = new List<MailDomain>();
        foreach (var (prefix, next) in Domains) domains.Add(await AddDomainAsync(core, prefix, next));
        var given = new List<string>();
        foreach (var round in rounds.Operations)
        {
            var names = await Task.WhenAll(
                round.Select(
                    (operation, place) =>
                    RunAsync(core, domains[operation % domains.Count], operation / domains.Count, $"a{given.Count}-{place}")));
            given.AddRange(names.OfType<string>());
            await AssertCountedAsync(core);
        }
        Assert.Equal(given.Distinct(StringComparer.Ordinal), given);
    }

    private static async Task<MailDomain> AddDomainAsync(CoreFixture core, string prefix, long next)
    {
        var domain = await core.AddDomainAsync(
            $"{prefix}.example", prefix, Max, d => d with { DefaultQuota = new Quota(100), TotalQuota = new Quota(1_000) });
        await core.Database.ExecuteWithoutAuditAsync(
            context => context.Domains.Where(d => d.Id == domain.Id).ExecuteUpdateAsync(set => set.SetProperty(d => d.NextNumber, next)));
        return domain;
    }

    /// <returns>The username that was given.</returns>
    private static async Task<string?> RunAsync(CoreFixture core, MailDomain domain, int operation, string localPart)
    {
        if (operation % 4 < 3) return (await core.TryAddAccountAsync(domain, localPart, new Quota(100))).Value?.Username.Value;
        await using var context = core.Database.Open();
        var accounts = await context.Accounts.Where(a => a.DomainId == domain.Id).OrderBy(a => a.Id).ToListAsync();
        if (accounts.Count == 0) return null;
        var account = accounts[operation % accounts.Count];
        await core.Accounts.DeleteAsync(account.Id, account.Version, forGood: operation % 8 < 4, Actor.Panel);
        return null;
    }

    private static async Task AssertCountedAsync(CoreFixture core)
    {
        await using var context = core.Database.Open();
        foreach (var domain in await context.Domains.ToListAsync())
        {
            var present = await context.Accounts.Where(a => a.DomainId == domain.Id && a.State != AccountState.Deleted).ToListAsync();
            Assert.InRange(present.Count, 0, Max);
            Assert.Equal((present.Count, present.Sum(a => a.Quota?.KiB ?? 0)), (domain.AccountCount, domain.AllocatedKiB));
        }
    }
}
