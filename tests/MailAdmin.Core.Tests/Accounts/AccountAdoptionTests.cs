using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Drift;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Accounts;

public sealed class AccountAdoptionTests
{
    [Theory]
    [InlineData("gugus.dupont.exemple.be", "gugus.dupont", "exemple.be")]
    // The longest name counts, and a domain is no part of a word.
    [InlineData("gugus.sub.exemple.be", "gugus", "sub.exemple.be")]
    [InlineData("gugus.notexemple.be", null, null)]
    [InlineData("exemple0012", null, "exemple.be")]
    [InlineData("exemple12", null, null)]
    // The prefix sub1 makes this one, not the prefix sub.
    [InlineData("sub10012", null, "autre.example")]
    [InlineData("personne", null, null)]
    [InlineData("exemple.be", null, null)]
    public async Task The_name_of_a_mailbox_tells_its_domain_and_perhaps_its_address(string username, string? localPart, string? domain)
    {
        await using var core = await CreateAsync();
        await core.AddDomainAsync();
        await core.AddDomainAsync("sub.exemple.be", "sub", change: d => d with { AcceptsRelated = true });
        await core.AddDomainAsync("autre.example", "sub1");

        var suggested = await core.Get<AdoptionSuggestions>().OfAsync(Username.Parse(username));

        Assert.Equal((domain, localPart), (suggested?.Domain.Name.Value, suggested?.LocalPart?.Value));
    }

    [Fact]
    public async Task The_account_has_the_mailbox_and_its_limit_and_the_difference_is_settled()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        await FoundAsync(core, "gugus.exemple.be", "autre");
        var id = MailboxId.New();

        var account = Value(await core.Get<AccountAdoptionService>().AdoptAsync(
            new(domain.Id, LocalPart.Parse("gugus"), Username.Parse("gugus.exemple.be"), id, new Quota(5_000)), GoodPassword, GoodPassword,
            Actor.Panel));

        Assert.Equal((id, 5_000), (account.MailboxId, account.Quota?.KiB));
        await using var context = core.Database.Open();
        Assert.Equal(["autre"], await context.DriftFindings.Where(f => f.RepairedAt == null).Select(f => f.Subject).ToListAsync());
    }

    [Fact]
    public async Task A_name_that_somebody_had_is_not_adopted()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var account = await core.AddAccountAsync(domain, "gugus");

        RefusedWith("UsernameTakenByAccount", "Username", await core.Get<AccountAdoptionService>().AdoptAsync(
            new(domain.Id, LocalPart.Parse("autre"), account.Username, MailboxId.New(), null), GoodPassword, GoodPassword, Actor.Panel));
    }

    private static async Task FoundAsync(Testing.CoreFixture core, params string[] orphans)
    {
        var drift = core.Get<DriftRepository>();
        var run = (await drift.BeginAsync())!;
        await drift.SaveAsync(
            run.Id, [.. orphans.Select(o => new DriftFinding { RunId = run.Id, Kind = DriftKind.MailboxOrphaned, Subject = o })],
            r => r.Phase = DriftPhase.Finished);
    }
}
