using MailAdmin.Core.Addresses;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Routing;

/// <summary>Reads what the <see cref="Resolver"/> has to know of a recipient, and asks it.</summary>
public sealed class ResolverRepository(MailDatabase database)
{
    public async Task<Resolution> ResolveAsync(AddrSpec recipient, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        var name = recipient.Domain;
        var isStore = await context.Stores.AnyAsync(s => s.Name == name, cancellationToken);
        var found = await context.Domains.Where(d => d.Name == name || d.Aliases.Any(a => a.Name == name && !a.IsGoing))
            .Select(d => new { d.Id, d.CatchAllAccountId }).SingleOrDefaultAsync(cancellationToken);
        if (found is null) return Resolver.Resolve(new(recipient.LocalPart, name.Value, isStore, null, null, null));
        var reader = new MapFactsReader(context);
        var host = (await reader.DomainsAsync([found.Id], cancellationToken))[0];
        var asked = new RecipientFacts(recipient.LocalPart, name.Value, isStore, host, null, null);
        if (host.IsRelayed) return Resolver.Resolve(asked);
        var holder = found.CatchAllAccountId is { } holderId ? (await reader.AccountsAsync([holderId], cancellationToken)).SingleOrDefault() : null;
        return Resolver.Resolve(asked with { Address = await AddressAsync(context, reader, asked, host.Id, cancellationToken), CatchAll = holder });
    }

    private static async Task<AddressFacts?> AddressAsync(
        MailContext context, MapFactsReader reader, RecipientFacts asked, long domainId, CancellationToken cancellationToken)
    {
        var untagged = asked.Tag is { } tag ? asked.LocalPart[..^(tag.Length + 1)] : asked.LocalPart;
        if (!LocalPart.TryParse(untagged, out var part, out _)) return null;
        var ids = await context.Addresses.Where(a => a.DomainId == domainId && a.LocalPart == part).Select(a => a.Id).ToListAsync(cancellationToken);
        return (await reader.AddressesAsync(ids, cancellationToken)).SingleOrDefault();
    }
}
