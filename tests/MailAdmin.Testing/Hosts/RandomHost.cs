using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.Redirects;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Testing.Hosts;

/// <summary>
/// Runs steps on a real database, through a service if there is one. A step that the service refuses has no effect.
/// </summary>
public sealed class RandomHost(CoreFixture core)
{
    private static readonly string[] Names = ["exemple.be", "voisin.example", "sub.exemple.be", "tiers.example"];
    private static readonly string[] OtherNames = ["exemple.com", "été.example", "voisin.example", "tiers.example"];
    private static readonly string[] Prefixes = ["shop", "shop1", "x", "x1"];
    private static readonly string[] Parts = ["gugus.dupont", "r&d", "any", "o'brien", "0", "info"];
    private static readonly string[] Outside = ["support@example.org", "O'Brien+x@example.org", "info@tiers.example",
        "Any+list@voisin.example", "postmaster@mx.lab.example", "bert%d.example@origin.lab.example"];

    public async Task RunAsync(HostStep step)
    {
        var (first, second) = (step.First, step.Second);
        switch (step.Action)
        {
            case HostAction.AddDomain:
                await core.Domains.CreateAsync(
                    new NewDomain(
                        DomainName.Parse(Pick(Names, first)), Prefix.Parse(Pick(Prefixes, first)))
                    { DefaultQuota = new Quota(25_000) },
                        Actor.Panel);
                break;
            case HostAction.DeleteDomain when await PickAsync<MailDomain>(first) is { } domain:
                await core.DeleteAsync(domain);
                break;
            case HostAction.AddDomainAlias when await PickAsync<MailDomain>(first) is { } domain:
                await AddNameAsync(domain, DomainName.Parse(Pick(OtherNames, second)));
                break;
            case HostAction.RemoveDomainAlias:
                await RemoveAsync<DomainAlias>(first);
                break;
            case HostAction.AddAccount when await PickAsync<MailDomain>(first) is { } domain:
                await core.TryAddAccountAsync(domain, Pick(Parts, second));
                break;
            case HostAction.HideAccount or HostAction.DeleteAccountForGood when await PickAsync<Account>(first) is { } account:
                await core.Accounts.DeleteAsync(account.Id, account.Version, step.Action == HostAction.DeleteAccountForGood, Actor.Panel);
                break;
            case HostAction.Purge:
                core.Clock.Advance(TimeSpan.FromDays(Hoster.DefaultUndeleteDays));
                await core.Accounts.PurgeDueAsync(default);
                break;
            case HostAction.AddAlias when await PickAsync<MailDomain>(first) is { } domain:
                await core.Aliases.CreateAsync(
                    domain.Id, LocalPart.Parse(Pick(Parts, second)), second % 4 == 0 ? [] : [await DestinationAsync(second)], Actor.Panel);
                break;
            case HostAction.AddDestination when await PickAliasAsync(first) is { } alias:
                await core.Aliases.AddDestinationsAsync(alias.Id, [await DestinationAsync(second)], Actor.Panel);
                break;
            case HostAction.RemoveDestination when await PickAliasAsync(first) is { Destinations.Count: > 0 } alias:
                await core.Aliases.RemoveDestinationsAsync(alias.Id, [Pick(alias.Destinations, second).Id], Actor.Panel);
                break;
            case HostAction.DeleteAlias when await PickAliasAsync(first) is { } alias:
                await core.Aliases.DeleteAsync(alias.Id, Actor.Panel);
                break;
            case HostAction.SwitchRouting when await PickAsync<MailDomain>(first) is { } domain:
                var hop = domain.Routing == DomainRouting.Local ? NextHop.Parse("smtp:[192.0.2.1]:25") : null;
                await core.Get<DomainRoutingService>().ChangeAsync(domain.Id, new(domain.Version, hop), Actor.Panel);
                break;
            case HostAction.CompleteSwitches:
                await CompleteSwitchesAsync();
                break;
            case HostAction.SetRoleAddress:
                await SetRoleAddressAsync(second);
                break;
            case HostAction.SetRedirect when await PickAsync<Account>(first) is { } account:
                await SetRedirectAsync(account, second);
                break;
            case HostAction.RemoveRedirect when await PickAsync<AccountRedirect>(first) is { } redirect:
                await core.Redirects.RemoveAsync(redirect.AccountId, redirect.Version, Actor.Panel);
                break;
            default:
                await ChangeAsync(step);
                break;
        }
    }

    // No service makes these changes yet. They are written directly to the model, as the service will do.
    private async Task ChangeAsync(HostStep step)
    {
        if (await PickAsync<MailDomain>(step.First) is { } domain) await ChangeAsync(step, domain);
        if (await PickAsync<Account>(step.First) is { State: not AccountState.Deleted } account) await ChangeAsync(step, account);
    }

    private Task ChangeAsync(HostStep step, MailDomain domain) => step.Action switch
    {
        HostAction.SwitchDomainSuspended =>
            core.ChangeAsync<MailDomain>(
                domain.Id, d => d.State = d.State == DomainState.Active ? DomainState.Suspended : DomainState.Active),
        HostAction.SetCatchAll => SetCatchAllAsync(domain, step.Second),
        HostAction.RemoveCatchAll => core.ChangeAsync<MailDomain>(domain.Id, d => d.CatchAllAccountId = null),
        _ => Task.CompletedTask,
    };

    private Task ChangeAsync(HostStep step, Account account) => step.Action switch
    {
        HostAction.MakeReady => core.ChangeAsync<Account>(account.Id, a => a.MailboxReady = true),
        HostAction.Suspend =>
            core.ChangeAsync<Account>(account.Id, a => (a.State, a.HoldsMail) = (AccountState.Suspended, step.Second % 2 == 0)),
        HostAction.Resume => core.ChangeAsync<Account>(account.Id, a => a.State = AccountState.Active),
        HostAction.SwitchFull => core.ChangeAsync<Account>(account.Id, a => a.IsFull = !a.IsFull),
        HostAction.SwitchReceiving => core.ChangeAsync<Account>(account.Id, a => a.Services ^= MailProtocols.Receiving),
        HostAction.AddAddress => AddAddressAsync(account, LocalPart.Parse(Pick(Parts, step.Second))),
        HostAction.RemoveAddress => RemoveAsync<MailAddress>(step.Second),
        _ => Task.CompletedTask,
    };

    private async Task SetCatchAllAsync(MailDomain domain, int index)
    {
        await using var context = core.Database.Open();
        var accounts = await context.Accounts.Where(a => a.DomainId == domain.Id && a.State != AccountState.Deleted).OrderBy(a => a.Id)
            .ToListAsync();
        if (accounts.Count > 0) await core.ChangeAsync<MailDomain>(domain.Id, d => d.CatchAllAccountId = Pick(accounts, index).Id);
    }

    // Reports, as the only mail host, that it has done its part.
    private async Task CompleteSwitchesAsync()
    {
        var switches = core.Get<DomainSwitchRepository>();
        foreach (var work in await switches.ListAsync(default))
            await switches.ReportAsync(
                new SwitchReport { DomainId = work.DomainId, Host = "mx.lab.example", Sequence = work.Sequence, IsClear = true }, default);
    }

    // Any address is set: one that was valid once may be gone later.
    private async Task SetRoleAddressAsync(int index)
    {
        var address = await DestinationAsync(index) is { } text && text.Contains('@', StringComparison.Ordinal) ? text : null;
        await core.Database.WriteAsync(Actor.Panel, async write =>
        {
            var hoster = await write.Context.Hosters.SingleOrDefaultAsync();
            if (hoster is null) write.Context.Hosters.Add(hoster = new Hoster());
            (hoster.RoleAddress, hoster.SupportAddress) = (address, index % 2 == 0 ? "help@hoster.example" : null);
        });
    }

    private async Task SetRedirectAsync(Account account, int index)
    {
        var version = (await PickAsync<AccountRedirect>(0, r => r.AccountId == account.Id))?.Version ?? 0;
        string[] destinations = [await DestinationAsync(index), .. index % 2 == 0
            ? [await DestinationAsync(index + 7)] : Array.Empty<string>()];
        await core.Redirects.SetAsync(account.Id, new(version, destinations, KeepsCopy: index % 3 == 0), Actor.Panel);
    }

    private Task AddNameAsync(MailDomain domain, DomainName name) => core.Database.WriteAsync(Actor.Panel, async write =>
    {
        if (await write.Context.Domains.AnyAsync(d => d.Name == name) || await write.Context.DomainAliases.AnyAsync(a => a.Name == name))
            return;
        write.Context.DomainAliases.Add(new DomainAlias { DomainId = domain.Id, Name = name, CreatedAt = write.Now });
    });

    private Task AddAddressAsync(Account account, LocalPart part) => core.Database.WriteAsync(Actor.Panel, async write =>
    {
        if (await write.Context.Addresses.AnyAsync(a => a.DomainId == account.DomainId && a.LocalPart == part)) return;
        write.Context.Addresses.Add(
            new MailAddress { DomainId = account.DomainId, LocalPart = part, AccountId = account.Id, CreatedAt = write.Now });
    });

    private Task RemoveAsync<T>(int index) where T : class => core.Database.WriteAsync(Actor.Panel, async write =>
    {
        if (await PickAsync<T>(index) is { } picked and not MailAddress { IsPrimary: true }) write.Context.Remove(picked);
    });

    private async Task<string> DestinationAsync(int index)
    {
        if (index % 5 == 0) return Pick(Outside, index / 5);
        if (index % 5 == 1 && await PickAsync<Account>(index / 5) is { } account) return account.Username.Value;
        return await PickAsync<MailAddress>(index / 5) is { } address
            && await PickAsync<MailDomain>(0, d => d.Id == address.DomainId) is { } domain
            ? $"{address.LocalPart}{(index % 3 == 0 ? "+dossier" : "")}@{domain.Name}"
            : Outside[0];
    }

    private async Task<MailAddress?> PickAliasAsync(int index)
    {
        await using var context = core.Database.Open();
        var aliases = await context.Addresses.Include(a => a.Destinations).Where(a => a.AccountId == null).OrderBy(a => a.Id).ToListAsync();
        return aliases.Count > 0 ? Pick(aliases, index) : null;
    }

    private async Task<T?> PickAsync<T>(int index, Func<T, bool>? which = null) where T : class
    {
        await using var context = core.Database.Open();
        var all = (await context.Set<T>().ToListAsync()).Where(which ?? (_ => true)).ToList();
        return all.Count > 0 ? Pick(all, index) : null;
    }

    private static T Pick<T>(IReadOnlyList<T> from, int index) => from[index % from.Count];
}
