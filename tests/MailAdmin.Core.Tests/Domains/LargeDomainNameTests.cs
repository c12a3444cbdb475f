using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Routing;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Domains;

public sealed class LargeDomainNameTests
{
    // More addresses than get a name in one transaction.
    private const int Accounts = 1_050;

    private static readonly List<DomainName> _names = [DomainName.Parse("exemple.org"), .. Enumerable.Range(2, 9)
        .Select(n => DomainName.Parse($"exemple{n}.example"))];

    [Fact]
    public async Task New_names_of_a_large_domain_make_senders_wait_until_every_address_has_them()
    {
        await using var core = await CreateAsync();
        var domain = await LargeAsync(core);

        Assert.Equal(NamesProgress.Begun, Value(await Service(core).AddAsync(domain.Id, _names, Actor.Panel)).Progress);

        Assert.Contains("exemple.org", await core.MapAsync(PostfixMap.Domains));
        Assert.StartsWith("450", (await core.MapAsync(PostfixMap.Refused))["exemple.org"], StringComparison.Ordinal);
        Assert.Equal(Verdict.Deferred, (await ResolveAsync(core, $"u{Accounts}@exemple.org")).Verdict);
        var shares = await WorkAsync(core);
        Assert.True(shares.Count > 1 && shares.Zip(shares.Skip(1)).All(p => p.First < p.Second), string.Join(' ', shares));
        Assert.Empty(await core.MapAsync(PostfixMap.Refused));
        Assert.Equal(Accounts * 11, (await core.MapAsync(PostfixMap.Virtual)).Count);
        Assert.Equal(Accounts * 11, (await core.MapAsync(PostfixMap.Senders)).Count);
        Assert.Equal(Verdict.Delivered, (await ResolveAsync(core, $"u{Accounts}@exemple.org")).Verdict);
    }

    [Fact]
    public async Task A_name_that_goes_is_refused_at_once_and_takes_exactly_its_own_rows_along()
    {
        await using var core = await CreateAsync();
        var domain = await LargeAsync(core);
        await core.AddAliasAsync(domain, "list", "u1@exemple.be");
        var (virtualBefore, sendersBefore) = (await core.MapAsync(PostfixMap.Virtual), await core.MapAsync(PostfixMap.Senders));
        await Service(core).AddAsync(domain.Id, _names, Actor.Panel);
        await WorkAsync(core);
        var late = await core.AddAliasAsync(domain, "late", "u2@exemple.be");

        foreach (var name in _names)
            Assert.Equal(NamesProgress.Begun, Value(await Service(core).RemoveAsync(domain.Id, name, Actor.Panel)).Progress);

        Assert.Equal(["exemple.be"], (await core.MapAsync(PostfixMap.Domains)).Keys);
        Assert.Equal(Verdict.NotHosted, (await ResolveAsync(core, "u1@exemple.org")).Verdict);
        // Nobody else can take the name in the meantime.
        RefusedWith("DomainIsNameOf", "Name", await core.Domains.CreateAsync(new NewDomain(_names[0], Prefix.Parse("other")), Actor.Panel));
        await WorkAsync(core);
        Value(await core.Get<AliasService>().DeleteAsync(late.Id, Actor.Panel));
        Assert.Equal(virtualBefore, await core.MapAsync(PostfixMap.Virtual));
        Assert.Equal(sendersBefore, await core.MapAsync(PostfixMap.Senders));
        Assert.True((await core.Domains.CreateAsync(new NewDomain(_names[0], Prefix.Parse("other")), Actor.Panel)).Succeeded);
    }

    [Fact]
    public async Task A_destination_under_a_new_name_never_leads_to_a_domain_of_ours_that_does_not_know_it()
    {
        await using var core = await CreateAsync();
        var domain = await LargeAsync(core);
        var neighbour = await core.AddDomainAsync("voisin.example", "voisin");
        await core.AddAliasAsync(neighbour, "friend", $"u{Accounts}+x@exemple.org");
        await core.AddAliasAsync(neighbour, "nobody", "personne@exemple.org");

        await Service(core).AddAsync(domain.Id, _names, Actor.Panel);

        foreach (var isThere in (bool[])[false, true])
        {
            var rows = await core.MapAsync(PostfixMap.Virtual);
            Assert.Equal($"u{Accounts}@exemple.be", rows["friend@voisin.example"]);
            Assert.Contains($"u{Accounts}@exemple.org", rows);
            // Otherwise mail would be accepted and then bounce: the name is hosted here and has no such address.
            Assert.StartsWith("550", (await core.MapAsync(PostfixMap.Refused))["nobody@voisin.example"], StringComparison.Ordinal);
            if (!isThere) await WorkAsync(core);
        }
    }

    [Fact]
    public async Task A_domain_that_is_deleted_while_it_gets_names_is_gone_with_them()
    {
        await using var core = await CreateAsync();
        var domain = await LargeAsync(core);
        await Service(core).AddAsync(domain.Id, _names, Actor.Panel);
        await Service(core).StepAsync(domain.Id, TestContext.Current.CancellationToken);

        await core.DeleteAsync(domain);
        await LargeDomain.WorkAsync(
            core, JobKind.DomainRemoval, id => core.Get<DomainDeletionService>().StepAsync(id, default), () => Task.CompletedTask);
        await Service(core).StepAsync(domain.Id, TestContext.Current.CancellationToken);

        foreach (var map in (PostfixMap[])[PostfixMap.Domains, PostfixMap.Virtual, PostfixMap.Refused, PostfixMap.Senders])
            Assert.Empty(await core.MapAsync(map));
    }

    private static DomainAliasService Service(CoreFixture core) => core.Get<DomainAliasService>();

    private static async Task<MailDomain> LargeAsync(CoreFixture core)
    {
        var domain = await core.AddDomainAsync(max: null);
        await LargeDomain.FillAsync(core, domain, Accounts);
        return domain;
    }

    private static Task<Resolution> ResolveAsync(CoreFixture core, string recipient) =>
        core.Get<ResolverRepository>().ResolveAsync(AddrSpec.Parse(recipient), TestContext.Current.CancellationToken);

    // The progress that a page shows after each step.
    private static async Task<List<double>> WorkAsync(CoreFixture core)
    {
        List<double> shares = [];
        await LargeDomain.WorkAsync(
            core, JobKind.DomainNames, id => Service(core).StepAsync(id, TestContext.Current.CancellationToken), async () =>
        {
            await using var context = core.Database.Open();
            var domain = await context.DomainAliases.Where(a => a.Reached != null).Select(a => a.DomainId)
                .FirstOrDefaultAsync(TestContext.Current.CancellationToken);
            if (domain != 0) shares.Add((await Service(core).ProgressAsync(domain)).Values.Min());
        });
        return shares;
    }
}
