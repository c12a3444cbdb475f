using FsCheck.Xunit;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Routing;
using MailAdmin.Testing.Hosts;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Tests.Routing;

/// <summary>What holds for the map rows of any host, whatever happened to it.</summary>
[Properties(Arbitrary = [typeof(HostHistories)], MaxTest = 12, QuietOnSuccess = true)]
public sealed class HostProperties
{
    [Property]
    public async Task Rows_never_drift_and_mail_goes_to_those_who_are_meant_or_is_refused(HostSteps history)
    {
        await using var core = await CoreFixture.CreateAsync();
        var host = new RandomHost(core);
        foreach (var step in history.Steps)
        {
            await host.RunAsync(step);
            await AssertNoDriftAsync(core, step);
        }
        await AssertDeliveryAsync(core);
        for (var n = 0; n < 3; n++)
        {
            var before = await RowsAsync(core, e => e.Owner != MapOwner.Domain);
            await host.RunAsync(new(HostAction.SetCatchAll, n, n));
            Assert.Equal(before, await RowsAsync(core, e => e.Owner != MapOwner.Domain));
        }
        await AssertDeliveryAsync(core);
    }

    // The domain of the role address is relayed at the end, and takes mail for every address then. A random history found it.
    [Fact]
    public async Task The_role_address_counts_again_when_its_domain_comes_to_be_relayed()
    {
        await using var core = await CoreFixture.CreateAsync();
        var host = new RandomHost(core);
        HostStep[] steps =
        [
            new(HostAction.AddDomain, 0, 0), new(HostAction.AddAccount, 0, 0), new(HostAction.AddAccount, 0, 1),
            new(HostAction.AddDomain, 1, 0), new(HostAction.AddAlias, 0, 2), new(HostAction.AddAlias, 1, 14),
            new(HostAction.SwitchRouting, 3, 20),
            new(HostAction.SetRoleAddress, 17, 18), new(HostAction.RemoveAddress, 19, 7), new(HostAction.CompleteSwitches, 1, 27),
        ];
        foreach (var step in steps)
        {
            await host.RunAsync(step);
            await AssertNoDriftAsync(core, step);
        }
    }

    private static async Task AssertDeliveryAsync(CoreFixture core)
    {
        var (model, postfix) = await ReadAsync(core);
        foreach (var address in model.Addresses)
        {
            foreach (var name in HostModel.NamesOf(model.DomainOf(address)))
            {
                AssertRight(model, postfix, address, $"{address.LocalPart}@{name}");
                AssertRight(model, postfix, address, $"{address.LocalPart.Value.ToUpperInvariant()}+Tag@{name}");
            }
        }
        foreach (var domain in model.Domains) AssertUnknownIsTheCatchAlls(model, postfix, domain);
        foreach (
            var outcome in model.Domains.SelectMany(HostModel.NamesOf).Select(n => postfix.Ask($"Postmaster+x@{n}"))
                .Where(o => o.Refusal is null))
        {
            Assert.False(outcome.Poisons);
            Assert.DoesNotContain(outcome.Destinations, postfix.IsDeadEnd);
        }
        foreach (var asked in Recipients.Of(model))
            Recipients.AssertAgree(await core.Get<ResolverRepository>().ResolveAsync(AddrSpec.Parse(asked), default), postfix.Ask(asked));
    }

    private static void AssertRight(HostModel model, PostfixLookup postfix, MailAddress address, string asked)
    {
        var (domain, outcome) = (model.DomainOf(address), postfix.Ask(asked));
        Assert.False(outcome.Poisons, $"{asked} cannot be expanded");
        Assert.DoesNotContain(outcome.Destinations, postfix.IsDeadEnd);
        if (domain.State == DomainState.Suspended) Assert.True(outcome.Refusal is ['4' or '5', ..], $"{asked} is taken");
        else if (HostModel.IsRelayed(domain)) Assert.Equal([asked], outcome.Destinations, StringComparer.OrdinalIgnoreCase);
        else if (!model.IsOpen(address)) Assert.True(
            outcome.Refusal is ['4' or '5', ..], $"{asked} is taken, and goes to {string.Join(", ", outcome.Destinations)}");
        else Assert.Equal(model.RecipientsOf(address).Order(), outcome.Destinations.Distinct().Order());
    }

    private static void AssertUnknownIsTheCatchAlls(HostModel model, PostfixLookup postfix, MailDomain domain)
    {
        if (domain.State == DomainState.Suspended || HostModel.IsRelayed(domain)) return;
        // The catch-all account answers as its own address does. Once that address takes no mail for good, it gives no answer.
        var own = model.CatchAllOf(domain) is { } holder && model.AddressOf(holder) is { } address
            ? postfix.Ask($"{address.LocalPart}@{domain.Name}") : null;
        foreach (var name in HostModel.NamesOf(domain))
        {
            var outcome = postfix.Ask($"personne+x@{name}");
            if (own?.Refusal is ['4', ..]) Assert.Equal(own.Refusal, outcome.Refusal);
            else if (own is { Refusal: null }) Assert.Equal(own.Destinations.Distinct().Order(), outcome.Destinations.Distinct().Order());
            else if (HostModel.RelaysUnknown(domain)) Assert.Equal([$"personne+x@{name}"], outcome.Destinations);
            else Assert.StartsWith("550 5.1.1", outcome.Refusal);
        }
    }

    private static async Task AssertNoDriftAsync(CoreFixture core, HostStep step)
    {
        await using var context = core.Database.Open();
        var owners = new Dictionary<MapOwner, List<long>>
        {
            [MapOwner.Store] = await context.Stores.Select(s => s.Id).ToListAsync(),
            [MapOwner.Domain] = await context.Domains.Select(s => s.Id).ToListAsync(),
            [MapOwner.Account] = await context.Accounts.Select(s => s.Id).ToListAsync(),
            [MapOwner.Address] = await context.Addresses.Select(s => s.Id).ToListAsync(),
        };
        var wanted = new List<string>();
        foreach (var (owner, ids) in owners)
            wanted.AddRange(
                (await MapProjection.RowsAsync(context, owner, ids, default))
                    .Select(r => $"{r.Owner} {r.OwnerId}: {r.Map} {r.Key} -> {r.Value}"));
        var (present, expected) = (await RowsAsync(core, e => true), wanted.Order(StringComparer.Ordinal).ToList());
        Assert.True(present.SequenceEqual(expected),
            $"after {step}: too many {string.Join(" | ", present.Except(expected))}, "
                + $"missing {string.Join(" | ", expected.Except(present))}");
    }

    private static async Task<List<string>> RowsAsync(CoreFixture core, Func<MapEntry, bool> which)
    {
        await using var context = core.Database.Open();
        var rows = (await context.MapEntries.Where(e => e.Value != null).ToListAsync()).Where(which);
        return [.. rows.Select(r => $"{r.Owner} {r.OwnerId}: {r.Map} {r.Key} -> {r.Value}").Order(StringComparer.Ordinal)];
    }

    private static async Task<(HostModel Model, PostfixLookup Postfix)> ReadAsync(CoreFixture core)
    {
        await using var context = core.Database.Open();
        var postfix = new PostfixLookup(
            await core.MapAsync(PostfixMap.Domains), await core.MapAsync(PostfixMap.RelayDomains), await core.MapAsync(PostfixMap.Refused),
            await core.MapAsync(PostfixMap.Virtual), await core.MapAsync(PostfixMap.Transport));
        return (await HostModel.ReadAsync(context), postfix);
    }
}
