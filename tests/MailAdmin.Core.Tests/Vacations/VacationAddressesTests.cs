using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Vacations;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Vacations;

/// <summary>The addresses for which an account's vacation answers, and that each change of them reaches its script.</summary>
public sealed class VacationAddressesTests
{
    // C046
    [Fact]
    public async Task Own_addresses_and_aliases_that_lead_to_the_account_alone_are_answered_for_on_every_name_of_their_domain()
    {
        await using var core = await CreateAsync();
        var (domain, account) = await StartAsync(core);
        await core.AddAccountAsync(domain, "pascal");
        await core.Database.WriteAsync(Actor.Panel, write =>
        {
            write.Context.DomainAliases.Add(new DomainAlias { DomainId = domain.Id, Name = DomainName.Parse("exemple.com") });
            return Task.CompletedTask;
        });
        await core.AddAliasAsync(domain, "gugus", "exemple0001");
        await core.AddAliasAsync(domain, "chef", "gugus@exemple.be");
        await core.AddAliasAsync(domain, "any", "exemple0001", "support@example.org");
        await core.AddAliasAsync(domain, "deux", "exemple0001", "pascal@exemple.be");
        await core.AddAliasAsync(await core.AddDomainAsync("voisin.example", "voisin"), "dupont", "gugus.dupont@exemple.be");

        var facts = (await core.Get<VacationRepository>().FactsAsync(account.Id, CancellationToken.None))!;

        Assert.Equal(
            ["gugus.dupont@exemple.be", "gugus.dupont@exemple.com", "gugus@exemple.be", "gugus@exemple.com", "chef@exemple.be",
                "chef@exemple.com", "dupont@voisin.example"],
            facts.Addresses);
    }

    [Fact]
    public async Task Days_are_those_of_the_hosters_time_zone()
    {
        await using var core = await CreateAsync();
        var (_, account) = await StartAsync(core, new(2026, 12, 1), new(2027, 3, 28));
        await core.Database.WriteAsync(Actor.Panel, async write =>
        {
            var hoster = await write.Context.Hosters.SingleOrDefaultAsync() ?? write.Context.Hosters.Add(new Hoster()).Entity;
            hoster.TimeZone = "Europe/Brussels";
        });

        var facts = (await core.Get<VacationRepository>().FactsAsync(account.Id, CancellationToken.None))!;

        Assert.Equal(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.FromHours(1)), facts.Starts);
        // Summer time begins on the last day.
        Assert.Equal(new DateTimeOffset(2027, 3, 29, 0, 0, 0, TimeSpan.FromHours(2)), facts.Ends);
        Assert.Equal(TimeSpan.FromHours(2), facts.Ends!.Value.Offset);
        Assert.Equal([account.Id], await RenewedAsync(core));
    }

    // C046
    [Theory]
    [InlineData("alias added")]
    [InlineData("alias deleted")]
    [InlineData("destination added")]
    [InlineData("destination removed")]
    [InlineData("alias of the alias changed")]
    [InlineData("domain name added")]
    [InlineData("domain name removed")]
    [InlineData("address added")]
    [InlineData("address given away")]
    [InlineData("other member deleted")]
    public async Task Whatever_changes_the_addresses_renews_the_wish_of_the_account_concerned_and_of_no_other(string change)
    {
        await using var core = await CreateAsync();
        var (domain, account) = await StartAsync(core);
        var neighbour = await core.AddDomainAsync("voisin.example", "voisin");
        var lea = await core.AddAccountAsync(neighbour, "lea");
        await SwitchOnAsync(core, lea);
        var pascal = await core.AddAccountAsync(domain, "pascal");
        var gugus = await core.AddAliasAsync(domain, "gugus", "exemple0001");
        var chef = await core.AddAliasAsync(domain, "chef", "gugus@exemple.be");
        var deux = await core.AddAliasAsync(domain, "deux", "exemple0001", "exemple0002");
        await core.Database.WriteAsync(Actor.Panel, write =>
        {
            write.Context.DomainAliases.Add(new DomainAlias { DomainId = domain.Id, Name = DomainName.Parse("exemple.com") });
            return Task.CompletedTask;
        });
        var before = await AddressesAsync(core, account);
        await RenewedAsync(core);

        await ChangeAsync();

        Assert.NotEqual(before, await AddressesAsync(core, account));
        Assert.Equal([account.Id], await RenewedAsync(core));

        async Task ChangeAsync()
        {
            switch (change)
            {
                case "alias added": await core.AddAliasAsync(domain, "neuf", "gugus.dupont@exemple.be"); break;
                case "alias deleted": Value(await core.Aliases.DeleteAsync(gugus.Id, Actor.Panel)); break;
                case "destination added":
                    Value(
                    await core.Aliases.AddDestinationsAsync(gugus.Id, ["support@example.org"], Actor.Panel)); break;
                case "destination removed":
                    Value(await core.Aliases.RemoveDestinationsAsync(
                        deux.Id, [deux.Destinations.Single(d => d.AccountId == pascal.Id).Id], Actor.Panel));
                    break;
                case "alias of the alias changed":
                    Value(
                    await core.Aliases.RemoveDestinationsAsync(chef.Id, [chef.Destinations[0].Id], Actor.Panel)); break;
                case "domain name added":
                    await core.Database.WriteAsync(Actor.Panel, write =>
                    {
                        write.Context.DomainAliases.Add(new DomainAlias { DomainId = domain.Id, Name = DomainName.Parse("exemple.net") });
                        return Task.CompletedTask;
                    });
                    break;
                case "domain name removed":
                    await core.Database.WriteAsync(
                        Actor.Panel, async write => write.Context.Remove(await write.Context.DomainAliases.SingleAsync()));
                    break;
                case "address added":
                    await core.Database.WriteAsync(Actor.Panel, write =>
                    {
                        write.Context.Addresses.Add(
                            new MailAddress { DomainId = domain.Id, LocalPart = LocalPart.Parse("dupont"), AccountId = account.Id });
                        return Task.CompletedTask;
                    });
                    break;
                case "address given away":
                    await core.Database.WriteAsync(Actor.Panel, async write =>
                        (await write.Context.Addresses.SingleAsync(a => a.AccountId == account.Id)).AccountId = pascal.Id);
                    break;
                default:
                    Value(await core.Accounts.DeleteAsync(pascal.Id, await VersionAsync(core, pascal), forGood: true, Actor.Panel));
                    break;
            }
        }
    }

    [Fact]
    public async Task Without_an_address_nobody_is_answered_until_there_is_one_again()
    {
        await using var core = await CreateAsync();
        var (domain, account) = await StartAsync(core);
        await core.Database.WriteAsync(Actor.Panel, async write =>
            write.Context.Remove(await write.Context.Addresses.SingleAsync(a => a.AccountId == account.Id)));

        Assert.False((await core.Get<VacationRepository>().FactsAsync(account.Id, CancellationToken.None))!.IsOn);

        await core.AddAliasAsync(domain, "gugus", "exemple0001");
        Assert.True((await core.Get<VacationRepository>().FactsAsync(account.Id, CancellationToken.None))!.IsOn);
    }

    [Fact]
    public async Task What_moves_no_address_renews_nothing()
    {
        await using var core = await CreateAsync();
        var (domain, account) = await StartAsync(core);
        await RenewedAsync(core);

        Value(await core.Accounts.ChangePasswordAsync(account.Id, "Acht4Paarden!", "Acht4Paarden!", Actor.Panel));
        Value(await core.Accounts.ChangeQuotaAsync(account.Id, await VersionAsync(core, account), new Quota(20_000), Actor.Panel));
        await core.AddAliasAsync(domain, "dehors", "support@example.org");

        Assert.Empty(await RenewedAsync(core));
    }

    [Fact]
    public async Task Accounts_without_a_vacation_that_is_on_are_left_alone()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        await core.AddAccountAsync(domain, "gugus.dupont");

        await core.AddAliasAsync(domain, "gugus", "exemple0001");

        Assert.Empty(await RenewedAsync(core));
    }

    private static async Task<(MailDomain, Account)> StartAsync(CoreFixture core, DateOnly? from = null, DateOnly? until = null)
    {
        var domain = await core.AddDomainAsync();
        var account = await core.AddAccountAsync(domain, "gugus.dupont");
        await SwitchOnAsync(core, account, from, until);
        return (domain, account);
    }

    private static async Task SwitchOnAsync(CoreFixture core, Account account, DateOnly? from = null, DateOnly? until = null)
    {
        Value(await core.Get<VacationService>()
            .SaveAsync(account.Id, new VacationRequest(0, true, "Absence", "je ne suis pas la", from, until, 7), Actor.Panel));
        await RenewedAsync(core);
    }

    private static async Task<IReadOnlyList<string>> AddressesAsync(CoreFixture core, Account account) =>
        (await core.Get<VacationRepository>().FactsAsync(account.Id, CancellationToken.None))!.Addresses;

    private static async Task<long> VersionAsync(CoreFixture core, Account account)
    {
        await using var context = core.Database.Open();
        return await context.Accounts.Where(a => a.Id == account.Id).Select(a => a.Version).SingleAsync();
    }

    /// <summary>The accounts that have a script job. The jobs are taken off the outbox, as the worker does.</summary>
    private static Task<List<long>> RenewedAsync(CoreFixture core) => core.Database.ExecuteWithoutAuditAsync(async context =>
    {
        var jobs = await context.Jobs.Where(t => t.Kind == JobKind.Script).OrderBy(t => t.SubjectId).ToListAsync();
        context.Jobs.RemoveRange(jobs);
        return jobs.Select(t => t.SubjectId).ToList();
    });
}
