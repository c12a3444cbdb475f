using MailAdmin.Core.Addresses;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Accounts;

/// <summary>An alias that is about to lose a destination.</summary>
/// <param name="IsLast">It has no other: its mail will be refused.</param>
public sealed record LosingAlias(long Id, LocalPart LocalPart, DomainName Domain, bool IsLast)
{
    public string Display => $"{LocalPart}@{Domain.Display}";
}

/// <param name="Visible">In domains that the admin sees.</param>
/// <param name="Foreign">How many more there are in domains that he does not.</param>
public sealed record LosingAliases(IReadOnlyList<LosingAlias> Visible, int Foreign);

/// <summary>Says what else goes when an account or an address does, for the page that asks before.</summary>
public sealed class AccountLosses(MailDatabase database)
{
    /// <param name="visible">Domains given to the admin; null means all.</param>
    public Task<LosingAliases> OfAccountAsync(long accountId, IReadOnlySet<long>? visible) =>
        ReadAsync(d => d.Where(x => x.AccountId == accountId || x.LocalAddress!.AccountId == accountId), visible);

    /// <inheritdoc cref="OfAccountAsync"/>
    public Task<LosingAliases> OfAddressAsync(long addressId, IReadOnlySet<long>? visible) =>
        ReadAsync(d => d.Where(x => x.LocalAddressId == addressId), visible);

    private async Task<LosingAliases> ReadAsync(Func<IQueryable<AliasDestination>, IQueryable<AliasDestination>> losing, IReadOnlySet<long>? visible)
    {
        await using var context = database.Open();
        var rows = await losing(context.AliasDestinations).OrderBy(d => d.Alias!.Domain!.Name).ThenBy(d => d.Alias!.LocalPart)
            .Select(d => new { d.AliasId, d.Alias!.LocalPart, d.Alias.DomainId, d.Alias.Domain!.Name, d.Alias.Destinations.Count }).ToListAsync();
        // An alias may name the account and its address: one row, which loses both.
        var aliases = rows.GroupBy(r => r.AliasId).ToList();
        var seen = aliases.Where(g => visible is null || visible.Contains(g.First().DomainId)).ToList();
        return new([.. seen.Select(g => new LosingAlias(g.Key, g.First().LocalPart, g.First().Name, g.First().Count == g.Count()))], aliases.Count - seen.Count);
    }
}
