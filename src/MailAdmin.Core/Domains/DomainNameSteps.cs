using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Domains;

/// <summary>
/// Gives names to the addresses of a large domain, or takes them away, some addresses a transaction: ten names of 10,000 addresses are
/// 200,000 map rows, for which all other writers would wait.
/// </summary>
internal static class DomainNameSteps
{
    /// <summary>
    /// Spellings of addresses that are written in one transaction; each is a row or two. Of small steps, most is what each costs anyhow.
    /// </summary>
    public const int StepSize = 2_500;

    // For which somebody waits.
    private const int RequestSize = 1_000;

    /// <summary>Whether so many names are quick enough for the request that asks for them.</summary>
    public static async Task<bool> IsSmallAsync(MailContext context, long domainId, int names) =>
        await context.Addresses.CountAsync(a => a.DomainId == domainId) * names <= RequestSize;

    /// <returns>False while something is left for another step.</returns>
    public static async Task<bool> StepAsync(MailWrite write, long domainId, CancellationToken token)
    {
        var changing = await write.Context.DomainAliases.Where(a => a.DomainId == domainId && a.Reached != null).ToListAsync(token);
        if (changing.Count == 0) return true;
        var (from, size) = (changing.Min(a => a.Reached!.Value), Math.Max(1, StepSize / changing.Count));
        var next = await write.Context.Addresses.Where(a => a.DomainId == domainId && a.Id > from).OrderBy(a => a.Id).Take(size)
            .Select(a => a.Id).ToListAsync(token);
        write.Changes.Add(new AddressesAffected(next));
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
