using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.CatchAlls;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Routing;
using MailAdmin.Testing.Hosts;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.CatchAlls;

public sealed class CatchAllServiceTests
{
    private const string First = "exemple0001@store.lab.example";

    // C057, C059
    [Fact]
    public async Task A_catch_all_is_one_row_a_name_and_changes_no_other()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var holder = await core.AddAccountAsync(domain, "gugus.dupont");
        await core.AddAccountAsync(domain, "second");
        await core.AddAliasAsync(domain, "gugus", "exemple0002");
        Value(await core.Get<DomainAliasService>().AddAsync(domain.Id, [DomainName.Parse("exemple.com")], Actor.Panel));
        var before = await core.MapAsync(PostfixMap.Virtual);

        Done(await Service(core).SetAsync(holder.Id, null, Actor.Panel));

        var after = await core.MapAsync(PostfixMap.Virtual);
        Assert.Equal([new("@exemple.be", First), new("@exemple.com", First)], after.Except(before).OrderBy(r => r.Key));
        Assert.Empty(before.Except(after));
    }

    // C063
    [Fact]
    public async Task Removing_it_leaves_everything_as_it_was_before()
    {
        await using var core = await CreateAsync();
        var (domain, holder) = await WithHolderAsync(core);
        var before = await core.MapAsync(PostfixMap.Domains);

        Done(await Service(core).RemoveAsync(holder.Id, Jens(domain.Id)));

        Assert.Equal(before, await core.MapAsync(PostfixMap.Domains));
        Assert.Equal(["gugus.dupont@exemple.be", "second@exemple.be"], (await core.MapAsync(PostfixMap.Virtual)).Keys.Order());
    }

    [Fact]
    public async Task It_moves_only_from_the_holder_whom_the_admin_saw()
    {
        await using var core = await CreateAsync();
        var (domain, holder) = await WithHolderAsync(core);
        var other = await core.AddAccountAsync(domain, "tiers");

        RefusedWith("ChangedMeanwhile", null, await Service(core).SetAsync(other.Id, null, Jens(domain.Id)));
        Assert.Equal(First, (await core.MapAsync(PostfixMap.Virtual))["@exemple.be"]);
        Done(await Service(core).SetAsync(other.Id, holder.Id, Jens(domain.Id)));

        Assert.Equal("exemple0003@store.lab.example", (await core.MapAsync(PostfixMap.Virtual))["@exemple.be"]);
    }

    [Fact]
    public async Task The_hoster_may_forbid_it()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var account = await core.AddAccountAsync(domain, "gugus.dupont");
        await core.ChangeAsync<MailDomain>(domain.Id, d => d.AllowsCatchAll = false);

        RefusedWith("CatchAllForbidden", null, await Service(core).SetAsync(account.Id, null, Jens(domain.Id)));
    }

    [Fact]
    public async Task An_account_that_takes_no_mail_cannot_hold_it_and_a_holder_that_is_taken_out_catches_nothing()
    {
        await using var core = await CreateAsync();
        var (domain, holder) = await WithHolderAsync(core);
        var other = await core.AddAccountAsync(domain, "tiers");
        await core.ChangeAsync<Account>(other.Id, a => a.Services &= ~MailProtocols.Receiving);

        RefusedWith("CatchAllHolderTakesNone", null, await Service(core).SetAsync(other.Id, holder.Id, Jens(domain.Id)));
        await core.ChangeAsync<Account>(holder.Id, a => a.State = AccountState.Suspended);

        Assert.DoesNotContain("@exemple.be", await core.MapAsync(PostfixMap.Virtual));
    }

    // D4, D5: senders to an unknown address get the answer that senders to the catch-all account itself get. No other sender gets it.
    [Theory]
    [InlineData("held", "450 4.2.1 Mailbox is suspended, try again later")]
    [InlineData("full", "452 4.2.2 Mailbox full")]
    [InlineData("pending", "450 4.2.1 Mailbox is being set up, try again later")]
    [InlineData("suspended", null)]
    [InlineData("off", null)]
    public async Task Senders_to_nobody_hear_what_senders_to_the_holder_hear(string state, string? answer)
    {
        await using var core = await CreateAsync();
        var (domain, holder) = await WithHolderAsync(core);
        await core.ChangeAsync<Account>(holder.Id, a =>
        {
            if (state is "held" or "suspended") (a.State, a.HoldsMail) = (AccountState.Suspended, state == "held");
            if (state == "full") a.IsFull = true;
            if (state == "pending") a.MailboxReady = false;
            if (state == "off") a.Services &= ~MailProtocols.Receiving;
        });

        var postfix = new PostfixLookup(
            await core.MapAsync(PostfixMap.Domains), await core.MapAsync(PostfixMap.RelayDomains), await core.MapAsync(PostfixMap.Refused),
            await core.MapAsync(PostfixMap.Virtual), await core.MapAsync(PostfixMap.Transport));
        Assert.Equal(answer ?? "550 5.1.1 User unknown", postfix.Ask("personne+x@exemple.be").Refusal);
        Assert.True(postfix.Ask("second@exemple.be").IsTaken);
        var traced = await core.Get<ResolverRepository>()
            .ResolveAsync(AddrSpec.Parse("personne@exemple.be"), TestContext.Current.CancellationToken);
        Assert.Equal(answer ?? "550 5.1.1 User unknown", traced.Answer);
        if (answer is not null) Assert.Equal(answer, postfix.Ask("gugus.dupont@exemple.be").Refusal);
    }

    [Fact]
    public async Task It_is_for_those_who_may_edit_mail_of_the_domain()
    {
        await using var core = await CreateAsync();
        var (domain, holder) = await WithHolderAsync(core);

        await Assert.ThrowsAsync<NotPermittedException>(() => Service(core).RemoveAsync(holder.Id, Jens(domain.Id + 1)));
        await Assert.ThrowsAsync<NotPermittedException>(
            () => Service(core).SetAsync(holder.Id, null, Jens(domain.Id) with { Role = AdminRole.Support }));
    }

    private static CatchAllService Service(CoreFixture core) => core.Get<CatchAllService>();

    private static void Done(Results.Result result) => Assert.Empty(result.Problems);

    private static async Task<(MailDomain Domain, Account Holder)> WithHolderAsync(CoreFixture core)
    {
        var domain = await core.AddDomainAsync();
        var holder = await core.AddAccountAsync(domain, "gugus.dupont");
        await core.AddAccountAsync(domain, "second");
        Done(await Service(core).SetAsync(holder.Id, null, Actor.Panel));
        return (domain, holder);
    }
}
