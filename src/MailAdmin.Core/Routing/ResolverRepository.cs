using MailAdmin.Core.Addresses;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Routing;

/// <summary>Reads the facts of a recipient that the <see cref="Resolver"/> needs, and calls it.</summary>
public sealed class ResolverRepository(MailDatabase database, IReturnAddresses returns)
{
    public async Task<Resolution> ResolveAsync(AddrSpec recipient, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        var name = recipient.Domain;
        var isStore = await context.Stores.AnyAsync(s => s.Name == name, cancellationToken);
        if (context.Host.Delivers(recipient)) return Resolver.Resolve(await OfHostAsync(context, recipient, cancellationToken));
        if (context.Host.IsReturn(recipient)) return Resolver.Resolve(await OfReturnAsync(context, recipient, cancellationToken));
        var found = await context.Domains.Where(d => d.Name == name || d.Aliases.Any(a => a.Name == name && !a.IsBeingRemoved))
            .Select(d => new { d.Id, d.CatchAllAccountId }).SingleOrDefaultAsync(cancellationToken);
        if (found is null)
            return Resolver.Resolve(
                new(recipient.LocalPart, name.Value, isStore, null, null, null) { IsHostName = context.Host.IsOwn(name) });
        var reader = new MapFactsReader(context);
        var host = (await reader.DomainsAsync([found.Id], cancellationToken))[0];
        var asked = new RecipientFacts(recipient.LocalPart, name.Value, isStore, host, null, null);
        if (host.IsRelayed) return Resolver.Resolve(asked);
        var holder = found.CatchAllAccountId is { } holderId ? (await reader.AccountsAsync([holderId], cancellationToken))
            .SingleOrDefault() : null;
        var address = await AddressAsync(context, reader, asked, host.Id, cancellationToken);
        var role = address is null ? await RoleAsync(reader, context.Host, asked, host, holder, cancellationToken) : null;
        return Resolver.Resolve(asked with { Address = address, CatchAll = holder, Role = role });
    }

    /// <summary>The current destination of postmaster@ and abuse@ for domains that do not have them; null if there is none.</summary>
    public async Task<AddrSpec?> RoleDestinationAsync(CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        return AddrSpec.TryParse(await new MapFactsReader(context).RoleDestinationAsync(cancellationToken), out var address)
            ? address : null;
    }

    private static async Task<RecipientFacts> OfHostAsync(MailContext context, AddrSpec recipient, CancellationToken cancellationToken)
    {
        var there = AddrSpec.TryParse(context.Host.Postmaster, out var postmaster) ? await new MapFactsReader(context)
            .FindHostedAsync(postmaster, cancellationToken) : null;
        return new(
            recipient.LocalPart, recipient.Domain.Value, false, null, null, null)
        {
            IsHostName = true,
            Role = new(context.Host.Postmaster, there)
        };
    }

    private async Task<RecipientFacts> OfReturnAsync(MailContext context, AddrSpec recipient, CancellationToken cancellationToken)
    {
        var (state, made) = await returns.FindAsync(recipient, cancellationToken);
        var sender = made ?? SenderIn(recipient);
        var there = AddrSpec.TryParse(sender, out var address) ? await new MapFactsReader(context)
            .FindHostedAsync(address, cancellationToken) : null;
        return new(
            recipient.LocalPart, recipient.Domain.Value, false, null, null, null)
        { IsHostName = true, Return = new(state, sender, there) };
    }

    // SRS0=hash=time=example.org=ann. Any other form (SRS1) goes to another forwarder first, and the sender cannot be read from it.
    private static string SenderIn(AddrSpec recipient) =>
        recipient.LocalPart[3] == '0' && recipient.LocalPart.Split('=', 5) is [_, _, _, var domain, var part]
            ? $"{part}@{domain}" : recipient.Value;

    private static async Task<MissingRole?> RoleAsync(
        MapFactsReader reader, MailHostNames names, RecipientFacts asked, DomainFacts host, AccountFacts? holder,
        CancellationToken cancellationToken)
    {
        if (!LocalPart.TryParse(Untagged(asked), out var part, out _) || !GuardedAddresses.Contains(part)) return null;
        var roles = (await reader.RolesAsync([host.Id], cancellationToken))[host.Id];
        if (roles.DestinationOf(part, $"{part}@{asked.Domain}", host, holder) is { } destination)
        {
            var postmaster = names.Delivers(AddrSpec.Parse(destination)) ? names.Postmaster : null;
            return new(
                destination,
                await reader.FindHostedAsync(AddrSpec.Parse(postmaster ?? destination), cancellationToken))
            { Postmaster = postmaster };
        }
        return RoleFacts.IsWithheld(host, holder) ? new(null, null) : null;
    }

    private static string Untagged(RecipientFacts asked) => asked.Tag is { } tag ? asked.LocalPart[..^(tag.Length + 1)] : asked.LocalPart;

    private static async Task<AddressFacts?> AddressAsync(
        MailContext context, MapFactsReader reader, RecipientFacts asked, long domainId, CancellationToken cancellationToken)
    {
        if (!LocalPart.TryParse(Untagged(asked), out var part, out _)) return null;
        var ids = await context.Addresses.Where(a => a.DomainId == domainId && a.LocalPart == part).Select(a => a.Id)
            .ToListAsync(cancellationToken);
        return (await reader.AddressesAsync(ids, cancellationToken)).SingleOrDefault();
    }
}
