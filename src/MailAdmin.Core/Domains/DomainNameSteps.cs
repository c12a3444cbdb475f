using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Domains;

/// <summary>
/// Gives names to the addresses of a large domain, takes them away, or makes their rows follow a new main name, some addresses per
/// transaction. Ten names of 10,000 addresses are
/// 200,000 map rows, and in one transaction all other writers would wait for them.
/// </summary>
internal static class DomainNameSteps
{
    /// <summary>
    /// Number of address spellings per transaction; each is one or two rows. Smaller steps would spend most of their time on fixed costs.
    /// </summary>
    public const int StepSize = 2_500;

    // The most spellings that are written while a page waits for them.
    private const int RequestSize = 1_000;

    /// <summary>Whether so many names can be added or removed quickly enough within the request.</summary>
    public static async Task<bool> IsSmallAsync(MailContext context, long domainId, int names) =>
        await context.Addresses.CountAsync(a => a.DomainId == domainId) * names <= RequestSize;

    /// <returns>False if another step is needed.</returns>
    public static async Task<bool> StepAsync(MailWrite write, long domainId, CancellationToken cancellationToken) =>
        await NamesStepAsync(write, domainId, cancellationToken) & await RowsStepAsync(write, domainId, cancellationToken);

    private static async Task<bool> RowsStepAsync(MailWrite write, long domainId, CancellationToken cancellationToken)
    {
        var domain = await write.Context.Domains.SingleOrDefaultAsync(d => d.Id == domainId && d.RowsReached != null, cancellationToken);
        if (domain is null) return true;
        var names = 1 + await write.Context.DomainAliases.CountAsync(a => a.DomainId == domainId, cancellationToken);
        var (from, size) = (domain.RowsReached!.Value, Math.Max(1, StepSize / names));
        var next = await NextAsync(write, domainId, from, size, cancellationToken);
        domain.RowsReached = next.Count < size ? null : next[^1];
        return domain.RowsReached is null;
    }

    private static async Task<List<long>> NextAsync(
        MailWrite write, long domainId, long from, int size, CancellationToken cancellationToken)
    {
        var next = await write.Context.Addresses.Where(a => a.DomainId == domainId && a.Id > from).OrderBy(a => a.Id).Take(size)
            .Select(a => a.Id).ToListAsync(cancellationToken);
        write.Changes.Add(new AddressesAffected(next));
        return next;
    }

    private static async Task<bool> NamesStepAsync(MailWrite write, long domainId, CancellationToken cancellationToken)
    {
        var changing = await write.Context.DomainAliases.Where(a => a.DomainId == domainId && a.Reached != null)
            .ToListAsync(cancellationToken);
        if (changing.Count == 0) return true;
        var (from, size) = (changing.Min(a => a.Reached!.Value), Math.Max(1, StepSize / changing.Count));
        var next = await NextAsync(write, domainId, from, size, cancellationToken);
        if (next.Count < size)
        {
            Finish(write, changing);
            return true;
        }
        foreach (var name in changing.Where(a => a.Reached < next[^1])) name.Reached = next[^1];
        return false;
    }

    private static void Finish(MailWrite write, List<DomainAlias> changing)
    {
        foreach (var name in changing)
        {
            name.Reached = null;
            if (name.IsBeingRemoved) write.Context.DomainAliases.Remove(name);
        }
    }
}
