using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Redirects;
using MailAdmin.Core.Routing;
using MailAdmin.Core.Tests.Data;
using static MailAdmin.Core.Tests.Data.CoreFixture;

namespace MailAdmin.Core.Tests.Routing;

public sealed class ResolverTests
{
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
