using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Redirects;
using MailAdmin.Core.Routing;
using MailAdmin.Core.Tests.Data;
using static MailAdmin.Core.Tests.Data.CoreFixture;

namespace MailAdmin.Core.Tests.Routing;

public sealed class ResolverTests
{
    // The host's own names are in main.cf; % and ! are taken from nobody outside (D10).
    [Theory]
    [InlineData("postmaster@mx.lab.example", Verdict.Delivered, null, StepKind.HostAddress)]
    [InlineData("Double-Bounce+x@origin.lab.example", Verdict.Delivered, null, StepKind.HostAddress)]
    [InlineData("anna@mx.lab.example", Verdict.Refused, "550 5.1.1 User unknown", StepKind.HostNobody)]
    [InlineData("anna%exemple.be@exemple.be", Verdict.Refused, "554 5.7.1 Relay access denied", StepKind.Routed)]
    [InlineData("exemple.be!anna@exemple.be", Verdict.Refused, "554 5.7.1 Relay access denied", StepKind.Routed)]
    [InlineData("x@example.org", Verdict.NotHosted, "554 5.7.1 Relay access denied", StepKind.NotHosted)]
    public async Task A_recipient_that_is_no_address_of_a_domain_is_answered_as_Postfix_answers(string asked, Verdict verdict, string? answer, StepKind why)
    {
        await using var core = await CreateAsync();
        await core.AddDomainAsync();

        var traced = await core.Get<ResolverRepository>().ResolveAsync(AddrSpec.Parse(asked), TestContext.Current.CancellationToken);

        Assert.Equal((verdict, answer), (traced.Verdict, traced.Answer));
        Assert.Equal(why, traced.Steps[^1].Kind);
        if (verdict == Verdict.Delivered) Assert.Equal([Host.Postmaster], traced.Destinations);
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

        var traced = await core.Get<ResolverRepository>().ResolveAsync(AddrSpec.Parse("any@exemple.be"), TestContext.Current.CancellationToken);

        Assert.Equal((3, 1, 1), (traced.Destinations.Count, traced.Waiting, traced.LeftOut));
    }

    // any@ -> gugus.dupont@ -> exemple0001, which redirects to any@ and keeps a copy: the second time, Postfix asks the mailbox no more.
    [Fact]
    public async Task A_way_back_through_a_redirect_that_keeps_a_copy_ends_in_the_mailbox()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var account = await core.AddAccountAsync(domain, "gugus.dupont");
        await core.AddAliasAsync(domain, "any", "gugus.dupont@exemple.be", "support@example.org");
        Value(await core.Redirects.SetAsync(account.Id, new RedirectEdit(0, ["any@exemple.be"], KeepsCopy: true), Actor.Panel));

        var answer = await core.Get<ResolverRepository>().ResolveAsync(AddrSpec.Parse("any@exemple.be"), TestContext.Current.CancellationToken);

        Assert.Equal(Verdict.Delivered, answer.Verdict);
        Assert.Equal(["exemple0001@store.lab.example", "support@example.org"], answer.Destinations.Order(StringComparer.Ordinal));
    }
}
