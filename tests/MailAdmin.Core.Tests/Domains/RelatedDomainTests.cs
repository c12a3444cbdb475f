using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using static MailAdmin.Core.Tests.Admins.AdminRightsTests;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Domains;

/// <summary>Domains below and above those of another customer.</summary>
public sealed class RelatedDomainTests
{
    [Theory]
    [InlineData("sub.exemple.be")]
    [InlineData("a.b.exemple.be")]
    [InlineData("sub.exemple.com")]
    public async Task Below_another_customers_domain_the_superuser_is_told_first(string name)
    {
        await using var core = await CreateAsync();
        var jens = ActorOf(await FirstAsync(core));
        var domain = await core.AddDomainAsync();
        var other = await core.AddDomainAsync("voisin.example", "voisin");
        await core.Get<DomainAliasService>().AddAsync(domain.Id, [DomainName.Parse("exemple.com")], Actor.Panel);
        var request = new NewDomain(DomainName.Parse(name), Prefix.Parse("sub"));

        RefusedWith("DomainRelated", "AcceptsRelated", await core.Domains.CreateAsync(request, jens));
        RefusedWith("DomainRelated", "AcceptsRelated", await core.Get<DomainAliasService>().AddAsync(other.Id, [request.Name], jens));
        Value(await core.Domains.CreateAsync(request with { AcceptsRelated = true }, jens));
        await Assert.ThrowsAsync<NotPermittedException>(() => core.Domains.CreateAsync(request, Jens(domain.Id)));
    }

    [Fact]
    public async Task Above_another_customers_domain_too_but_not_beside_it_nor_below_ones_own()
    {
        await using var core = await CreateAsync();
        var jens = ActorOf(await FirstAsync(core));
        var domain = await core.AddDomainAsync("mail.exemple.be");

        RefusedWith(
            "DomainRelated", "AcceptsRelated",
            await core.Domains.CreateAsync(new(DomainName.Parse("exemple.be"), Prefix.Parse("x")), jens));
        Value(await core.Domains.CreateAsync(new(DomainName.Parse("autremail.exemple.be"), Prefix.Parse("autre")), jens));
        Value(await core.Get<DomainAliasService>().AddAsync(domain.Id, [DomainName.Parse("sub.mail.exemple.be")], jens));
    }
}
