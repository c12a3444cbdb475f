using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Audit;

public sealed class AuditTrailTests
{
    [Fact]
    public async Task Every_change_says_who_did_what_from_where_and_holds_no_secret()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var account = Value(await core.TryAddAccountAsync(domain, "gugus.dupont", actor: Jens(domain.Id)));
        Value(await core.Accounts.ChangePasswordAsync(account.Id, "Negen7Paarden!", "Negen7Paarden!", Jens(domain.Id)));

        await using var context = core.Database.Open();
        var events = await context.AuditEvents.OrderBy(e => e.Id).ToListAsync();

        Assert.Equal(["store.set", "domain.created", "account.created", "account.password-changed"], events.Select(e => e.Kind));
        Assert.Equal(("jens", "127.0.0.1", "exemple.be", "exemple0001"),
            (events[2].ActorName, events[2].RemoteAddress, events[2].Domain, events[2].Subject));
        Assert.DoesNotContain(events, e => $"{e.Before}{e.After}".Contains("$2") || $"{e.Before}{e.After}".Contains("Koeien"));
    }

    [Fact]
    public async Task What_came_to_a_list_is_told_and_not_the_whole_list()
    {
        await using var core = await CreateAsync();
        var (domain, neighbour) = (await core.AddDomainAsync(), await core.AddDomainAsync("voisin.example", "voisin"));
        await core.AddAccountAsync(domain, "gugus.dupont");
        await core.AddAccountAsync(neighbour, "lea");
        var alias = await core.AddAliasAsync(domain, "any", "exemple0001", "lea@voisin.example");

        Value(await core.Aliases.AddDestinationsAsync(alias.Id, ["support@example.org"], Core.Admins.Actor.Panel));

        await using var context = core.Database.Open();
        var last = await context.AuditEvents.OrderByDescending(e => e.Id).FirstAsync();
        Assert.Null(last.Before);
        Assert.Equal("""{"destinations":["support@example.org"]}""", last.After);
    }

    [Fact]
    public async Task The_record_outlives_its_domain()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        await core.AddAccountAsync(domain, "gugus.dupont");

        Assert.True((await core.DeleteAsync(domain)).Succeeded);

        await using var context = core.Database.Open();
        Assert.Contains(
            "account.created", await context.AuditEvents.Where(e => e.Domain == "exemple.be").Select(e => e.Kind).ToListAsync());
    }
}
