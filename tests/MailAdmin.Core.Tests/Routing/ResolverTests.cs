using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Redirects;
using MailAdmin.Core.Routing;
using MailAdmin.Testing.Hosts;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Routing;

public sealed class ResolverTests
{
    // The host's own names are in main.cf. Recipients with % or ! are not accepted from outside (D10).
    [Theory]
    [InlineData("postmaster@mx.lab.example", Verdict.Delivered, null, StepKind.HostAddress)]
    [InlineData("Double-Bounce+x@origin.lab.example", Verdict.Delivered, null, StepKind.HostAddress)]
    [InlineData("anna@mx.lab.example", Verdict.Refused, "550 5.1.1 User unknown", StepKind.HostNobody)]
    [InlineData("anna%exemple.be@exemple.be", Verdict.Refused, "554 5.7.1 Relay access denied", StepKind.Routed)]
    [InlineData("exemple.be!anna@exemple.be", Verdict.Refused, "554 5.7.1 Relay access denied", StepKind.Routed)]
    [InlineData("x@example.org", Verdict.NotHosted, "554 5.7.1 Relay access denied", StepKind.NotHosted)]
    public async Task A_recipient_that_is_no_address_of_a_domain_is_answered_as_Postfix_answers(
        string asked, Verdict verdict, string? answer, StepKind why)
    {
        await using var core = await CreateAsync();
        await core.AddDomainAsync();

        var traced = await core.Get<ResolverRepository>().ResolveAsync(AddrSpec.Parse(asked), TestContext.Current.CancellationToken);

        Assert.Equal((verdict, answer), (traced.Verdict, traced.Answer));
        Assert.Equal(why, traced.Steps[^1].Kind);
        if (verdict == Verdict.Delivered) Assert.Equal([Host.Postmaster], traced.Destinations);
    }

    [Theory]
    [InlineData("SRS0=GOOD=AA=example.org=ann@mx.lab.example", Verdict.Delivered, null, StepKind.ReturnAddress, "ann@example.org")]
    [InlineData("srs0=GOOD=aa=example.org=ann@MX.lab.example", Verdict.Delivered, null, StepKind.ReturnAddress, "ann@example.org")]
    [InlineData("SRS0=GOOD=AA=exemple.be=gugus@mx.lab.example", Verdict.Delivered, null, StepKind.Mailbox, "exemple0001@store.lab.example")]
    [InlineData(
        "SRS0=GOOD=AA=a-very-long-name-of-a-sending-company.example.org=first.last.name@mx.lab.example", Verdict.Delivered, null,
        StepKind.ReturnAddress, "first.last.name@a-very-long-name-of-a-sending-company.example.org")]
    [InlineData("SRS0=BAAD=AA=example.org=ann@mx.lab.example", Verdict.Refused, "550 5.1.1 User unknown", StepKind.ReturnForged, null)]
    [InlineData("SRS0=GOOD=AA=example.org=ann@origin.lab.example", Verdict.Refused, "550 5.1.1 User unknown", StepKind.HostNobody, null)]
    [InlineData("SRS0GOOD@mx.lab.example", Verdict.Refused, "550 5.1.1 User unknown", StepKind.HostNobody, null)]
    public async Task What_comes_back_to_a_forwarded_message_goes_to_its_sender(
        string asked, Verdict verdict, string? answer, StepKind last, string? destination)
    {
        await using var core = await CreateAsync();
        await core.AddAccountAsync(await core.AddDomainAsync(), "gugus");

        var traced = await core.Get<ResolverRepository>().ResolveAsync(AddrSpec.Parse(asked), TestContext.Current.CancellationToken);

        Assert.Equal((verdict, answer, last), (traced.Verdict, traced.Answer, traced.Steps[^1].Kind));
        Assert.Equal(destination is null ? [] : [destination], traced.Destinations);
    }

    [Theory]
    [InlineData(ReturnAddressState.Away, Verdict.Deferred, StepKind.ReturnAway)]
    [InlineData(ReturnAddressState.Unasked, Verdict.Delivered, StepKind.ReturnUnasked)]
    public async Task A_return_address_of_which_nothing_is_known_now_says_so(ReturnAddressState state, Verdict verdict, StepKind last)
    {
        await using var core = await CreateAsync(returns: new SilentReturns(state));

        var traced = await core.Get<ResolverRepository>()
            .ResolveAsync(AddrSpec.Parse("SRS0=GOOD=AA=example.org=ann@mx.lab.example"), TestContext.Current.CancellationToken);

        Assert.Equal((verdict, last), (traced.Verdict, traced.Steps[^1].Kind));
        if (state == ReturnAddressState.Unasked) Assert.Equal("ann@example.org", traced.Steps[^1].Detail);
    }

    [Fact]
    public async Task The_number_of_destinations_is_told_with_those_that_wait_and_those_that_get_nothing()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        foreach (var part in (string[])["a", "b", "c"]) await core.AddAccountAsync(domain, part);
        await core.AddAliasAsync(domain, "any", "exemple0001", "exemple0002", "exemple0003", "support@example.org");
        await core.ChangeAsync<Core.Accounts.Account>(2, a => a.IsFull = true);
        await core.ChangeAsync<Core.Accounts.Account>(3, a => (a.State, a.HoldsMail) = (Core.Accounts.AccountState.Suspended, true));

        var traced = await core.Get<ResolverRepository>()
            .ResolveAsync(AddrSpec.Parse("any@exemple.be"), TestContext.Current.CancellationToken);

        Assert.Equal((3, 1, 1), (traced.Destinations.Count, traced.Waiting, traced.LeftOut));
    }

    // any@ -> gugus.dupont@ -> exemple0001, which redirects to any@ and keeps a copy. Postfix does not look up the mailbox a second time.
    [Fact]
    public async Task A_way_back_through_a_redirect_that_keeps_a_copy_ends_in_the_mailbox()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var account = await core.AddAccountAsync(domain, "gugus.dupont");
        await core.AddAliasAsync(domain, "any", "gugus.dupont@exemple.be", "support@example.org");
        Value(await core.Redirects.SetAsync(account.Id, new RedirectEdit(0, ["any@exemple.be"], KeepsCopy: true), Actor.Panel));

        var answer = await core.Get<ResolverRepository>()
            .ResolveAsync(AddrSpec.Parse("any@exemple.be"), TestContext.Current.CancellationToken);

        Assert.Equal(Verdict.Delivered, answer.Verdict);
        Assert.Equal(["exemple0001@store.lab.example", "support@example.org"], answer.Destinations.Order(StringComparer.Ordinal));
    }

    private sealed class SilentReturns(ReturnAddressState state) : IReturnAddresses
    {
        public Task<ReturnAddress> FindAsync(AddrSpec address, CancellationToken cancellationToken) =>
            Task.FromResult(new ReturnAddress(state));
    }
}
