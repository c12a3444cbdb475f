using MailAdmin.Core.Accounts;
using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Domains;

/// <summary>A row of the welcome page (manual, fig. 1).</summary>
public sealed record DomainRow(
    long Id, DomainName Name, Prefix Prefix, int AccountCount, int? MaxAccounts, Quota? DefaultQuota, int AliasCount, DomainState State, DomainRouting Routing);

/// <param name="Domain">With its other names.</param>
/// <param name="AliasCount">Aliases that it has.</param>
public sealed record FoundDomain(MailDomain Domain, int AliasCount);

/// <summary>Reads domains. Who may see which is said by the ids passed in: null means all.</summary>
public sealed class DomainRepository(MailDatabase database)
{
    public async Task<Page<DomainRow>> ListAsync(IReadOnlySet<long>? visible, int first, int size)
    {
        await using var context = database.Open();
        var domains = context.Domains.AsQueryable();
        if (visible is not null)
        {
            var ids = visible.ToList();
            domains = domains.Where(d => ids.Contains(d.Id));
        }
        var total = await domains.CountAsync();
        first = Paging.Clamp(first, size, total);
        var rows = await domains.OrderBy(d => d.Name).Skip(first).Take(size)
            .Select(d => new DomainRow(
                d.Id, d.Name, d.Prefix, d.AccountCount, d.MaxAccounts, d.DefaultQuota,
                context.Addresses.Count(a => a.DomainId == d.Id && a.AccountId == null), d.State, d.Routing))
            .ToListAsync();
        return new(rows, first, size, total);
    }

    /// <summary>By its own name or one of its other names, in one query.</summary>
    public async Task<FoundDomain?> FindAsync(DomainName name)
    {
        await using var context = database.Open();
        var found = await context.Domains.Where(d => d.Name == name || d.Aliases.Any(a => a.Name == name))
            .Select(d => new { Domain = d, Names = d.Aliases.ToList(), AliasCount = context.Addresses.Count(a => a.DomainId == d.Id && a.AccountId == null) })
            .SingleOrDefaultAsync();
        if (found is null) return null;
        found.Domain.Aliases = found.Names;
        return new(found.Domain, found.AliasCount);
    }
}
