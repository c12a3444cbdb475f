using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Routing;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Domains;

public sealed class DomainDeletionTests
{
    // C075, C079
    [Fact]
    public async Task The_preview_says_exactly_what_goes()
    {
        await using var core = await CreateAsync();
        var (domain, neighbour) = (await core.AddDomainAsync(), await core.AddDomainAsync("voisin.example", "voisin"));
        await core.AddAccountAsync(domain, "gugus.dupont");
        var hidden = await core.AddAccountAsync(domain, "pascal");
        Value(await core.Accounts.DeleteAsync(hidden.Id, hidden.Version, forGood: false, Actor.Panel));
        await core.AddAliasAsync(domain, "gugus", "exemple0001", "x@example.org");
        await core.AddAliasAsync(neighbour, "by-name", "exemple0001", "y@example.org");
        await core.AddAliasAsync(neighbour, "by-address", "gugus@exemple.be");
        await core.AddAliasAsync(neighbour, "elsewhere", "z@example.org");

        var contents = (await core.Get<DomainDeletionService>().PreviewAsync(domain.Id))!;

        Assert.Equal((1, 1, 2, 1, 2), (contents.Accounts, contents.Hidden, contents.Addresses, contents.Aliases, contents.Foreign));
        Assert.Equal(["by-address@voisin.example", "by-name@voisin.example"], contents.FirstForeign.Select(f => f.Display));
    }

    [Fact]
    public async Task Redirects_of_other_domains_that_lead_here_are_named_and_end_with_it()
    {
        await using var core = await CreateAsync();
        var (domain, neighbour) = (await core.AddDomainAsync(), await core.AddDomainAsync("voisin.example", "voisin"));
        await core.AddAccountAsync(domain, "gugus.dupont");
        var (one, two, other) = (
            await core.AddAccountAsync(neighbour, "one"), await core.AddAccountAsync(neighbour, "two"),
            await core.AddAccountAsync(neighbour, "other"));
        Assert.True((await core.Redirects.SetAsync(one.Id, new(0, ["exemple0001"], false), Actor.Panel)).Succeeded);
        Assert.True(
            (await core.Redirects.SetAsync(two.Id, new(0, ["gugus.dupont@exemple.be", "x@example.org"], false), Actor.Panel)).Succeeded);
        Assert.True((await core.Redirects.SetAsync(other.Id, new(0, ["x@example.org"], false), Actor.Panel)).Succeeded);

        var contents = (await core.Get<DomainDeletionService>().PreviewAsync(domain.Id))!;

        Assert.Equal(2, contents.ForeignRedirects);
        Assert.Equal(["voisin0001 (voisin.example)", "voisin0002 (voisin.example)"], contents.FirstForeignRedirects.Select(f => f.Display));
        await core.DeleteAsync(domain);
        Assert.Equal("voisin0001@store.lab.example", (await core.MapAsync(PostfixMap.Virtual))["one@voisin.example"]);
        Assert.DoesNotContain("voisin0001@store.lab.example", (IDictionary<string, string>)await core.MapAsync(PostfixMap.Virtual));
    }

    [Fact]
    public async Task Of_many_foreign_aliases_the_first_are_named_and_all_are_counted()
    {
        await using var core = await CreateAsync();
        var (domain, neighbour) = (await core.AddDomainAsync(), await core.AddDomainAsync("voisin.example", "voisin"));
        await core.AddAccountAsync(domain, "gugus.dupont");
        for (var n = 1; n <= 23; n++) await core.AddAliasAsync(neighbour, $"a{n:D2}", "exemple0001");

        var contents = (await core.Get<DomainDeletionService>().PreviewAsync(domain.Id))!;

        Assert.Equal(23, contents.Foreign);
        Assert.Equal(Enumerable.Range(1, 20).Select(n => $"a{n:D2}@voisin.example"), contents.FirstForeign.Select(f => f.Display));
    }

    // C079
    [Theory]
    [InlineData("")]
    [InlineData("exemple")]
    [InlineData("voisin.example")]
    public async Task Without_its_name_typed_nothing_is_deleted(string typed)
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();

        RefusedWith("DomainConfirmationDiffers", "TypedName", await DeleteAsync(core, domain, typed));

        Assert.NotNull(await core.Get<DomainRepository>().FindAsync(domain.Name));
    }

    [Theory]
    [InlineData("été-café.example")]
    [InlineData("ÉTÉ-CAFÉ.example")]
    [InlineData(null)]
    public async Task Either_spelling_of_its_name_confirms(string? typed)
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync("été-café.example", "cafe");

        Assert.True((await DeleteAsync(core, domain, typed ?? domain.Name.Value)).Succeeded);
    }

    [Fact]
    public async Task What_changed_after_the_preview_is_shown_before_it_goes()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var first = await core.AddAliasAsync(domain, "first", "x@example.org");
        var stamp = (await core.Get<DomainDeletionService>().PreviewAsync(domain.Id))!.Stamp;
        // The domain has as many aliases as before, but not the same.
        Value(await core.Aliases.DeleteAsync(first.Id, Actor.Panel));
        await core.AddAliasAsync(domain, "second", "x@example.org");

        var refused = await core.Get<DomainDeletionService>()
            .DeleteAsync(domain.Id, new DomainDeletion(domain.Version, stamp, "exemple.be"), Actor.Panel);

        RefusedWith("DomainContentsChanged", null, refused);
        Assert.NotNull(await core.Get<DomainRepository>().FindAsync(domain.Name));
    }

    // C079
    [Fact]
    public async Task A_domain_admin_deletes_no_domain_and_changes_no_limit()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var edit = new DomainEdit(domain.Version, 99, null, null, null, NamingScheme.Numbered, DomainState.Active, true, true, []);

        await Assert.ThrowsAsync<NotPermittedException>(
            () => core.Get<DomainDeletionService>()
                .DeleteAsync(domain.Id, new DomainDeletion(domain.Version, null, "exemple.be"), Jens(domain.Id)));
        await Assert.ThrowsAsync<NotPermittedException>(() => core.Domains.EditAsync(domain.Id, edit, Jens(domain.Id)));
    }

    // C077
    [Fact]
    public async Task An_admin_who_loses_his_only_domain_stays_an_admin_without_one()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        await core.Database.WriteAsync(Actor.Panel, write =>
        {
            var admin = new Admin
            {
                UserName = "admin1",
                NormalizedUserName = AdminNames.Normalize("admin1"),
                SecurityStamp = "s",
                Role = AdminRole.DomainAdmin,
                CreatedAt = write.Now
            };
            admin.Domains.Add(new AdminDomain { DomainId = domain.Id });
            write.Context.Users.Add(admin);
            return Task.CompletedTask;
        });
        Assert.Equal(["admin1"], (await core.Get<DomainDeletionService>().PreviewAsync(domain.Id))!.Admins);

        Value(await core.DeleteAsync(domain));

        await using var context = core.Database.Open();
        Assert.Empty((await context.Users.Include(u => u.Domains).SingleAsync(TestContext.Current.CancellationToken)).Domains);
    }

    private static async Task<Core.Results.Result<DeletedDomain>> DeleteAsync(CoreFixture core, MailDomain domain, string typed)
    {
        var deletions = core.Get<DomainDeletionService>();
        return await deletions.DeleteAsync(
            domain.Id, new DomainDeletion(domain.Version, (await deletions.PreviewAsync(domain.Id))!.Stamp, typed), Actor.Panel);
    }
}
