using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Routing;
using MailAdmin.Testing.Hosts;

namespace MailAdmin.Core.Tests.Routing;

/// <summary>Aliases that lead to one another in any way and have many destinations. Postfix can expand whatever is saved.</summary>
public sealed class ExpansionProperties
{
    private const int Aliases = 5;

    /// <summary>Which alias is made to lead to which, in order.</summary>
    public sealed record Links(IReadOnlyList<(int From, int To)> Steps)
    {
        public override string ToString() => string.Join(' ', Steps.Select(s => $"{s.From}->{s.To}"));
    }

    public static Arbitrary<Links> AnyLinks()
    {
        var link = Gen.Choose(0, Aliases - 1).Two().Select(pair => (pair.Item1, pair.Item2));
        return Arb.From(
            Gen.Choose(6, 12).SelectMany(length => Gen.ArrayOf(link, length)).Select(s => new Links(s)),
            links => Enumerable.Range(0, links.Steps.Count).Select(left => new Links([.. links.Steps.Where((_, i) => i != left)])));
    }

    [Property(Arbitrary = [typeof(ExpansionProperties)], MaxTest = 4, QuietOnSuccess = true)]
    public async Task No_saved_alias_loops_or_expands_beyond_what_Postfix_takes(Links links)
    {
        await using var core = await CoreFixture.CreateAsync();
        var domain = await core.AddDomainAsync();
        var aliases = await AddListsAsync(core, domain);
        foreach (var (from, to) in links.Steps)
            await core.Aliases.AddDestinationsAsync(aliases[from].Id, [$"a{to}@exemple.be"], Actor.Panel);
        await AssertExpandableAsync(core);
    }

    [Fact]
    public async Task A_chain_of_aliases_is_refused_before_Postfix_gives_it_up()
    {
        await using var core = await CoreFixture.CreateAsync();
        var domain = await core.AddDomainAsync();
        await AddChainAsync(core, domain, 500);

        var last = await core.Aliases.CreateAsync(domain.Id, LocalPart.Parse("last"), ["c499@exemple.be"], Actor.Panel);

        CoreFixture.RefusedWith("DestinationTooMany", "Destinations", last);
    }

    // Two empty aliases, and three with 200 to 400 destinations. They are written directly into the tables, because parsing each
    // destination as typed takes most of the time.
    private static async Task<List<MailAddress>> AddListsAsync(CoreFixture core, MailDomain domain)
    {
        var aliases = Enumerable.Range(0, Aliases).Select(n => new MailAddress
        {
            DomainId = domain.Id,
            LocalPart = LocalPart.Parse($"a{n}"),
            CreatedAt = core.Database.Now,
            Destinations = [.. Enumerable.Range(0, n < 2 ? 0 : 100 * n)
                .Select(i => new Destination { External = AddrSpec.Parse($"{i}@example.org") })],
        }).ToList();
        await core.Database.WriteAsync(Actor.Panel, write =>
        {
            write.Context.Addresses.AddRange(aliases);
            return Task.CompletedTask;
        });
        return aliases;
    }

    // Written directly into the tables, like aliases that were saved before the limit. Adding them one by one would take minutes.
    private static Task<int> AddChainAsync(CoreFixture core, MailDomain domain, int length) =>
        core.Database.ExecuteWithoutAuditAsync(async context =>
    {
        MailAddress? before = null;
        for (var n = 0; n < length; n++)
        {
            var alias = new MailAddress { DomainId = domain.Id, LocalPart = LocalPart.Parse($"c{n}"), CreatedAt = core.Database.Now };
            alias.Destinations.Add(
                before is null ? new() { External = AddrSpec.Parse("support@example.org") } : new() { LocalAddress = before });
            context.Addresses.Add(alias);
            before = alias;
        }
        return await context.SaveChangesAsync();
    });

    private static async Task AssertExpandableAsync(CoreFixture core)
    {
        var virtuals = await core.MapAsync(PostfixMap.Virtual);
        var postfix = new PostfixLookup(
            await core.MapAsync(PostfixMap.Domains), await core.MapAsync(PostfixMap.RelayDomains), await core.MapAsync(PostfixMap.Refused),
            virtuals,
            await core.MapAsync(PostfixMap.Transport));
        Assert.All(virtuals.Keys, key => Assert.False(postfix.Expand(key).Poisons, key));
    }
}
