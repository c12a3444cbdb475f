using MailAdmin.Core.Addresses;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Routing;

/// <summary>The hoster's address for postmaster@ and abuse@ of domains that do not have them (docs/decisions/0021).</summary>
internal static class RoleAddress
{
    private static readonly Func<MailContext, CancellationToken, Task<Set?>> SetByHoster = CompiledQuery.Create(
        (MailContext context, CancellationToken cancellationToken) =>
        context.Hosters.Select(h => new Set { RoleAddress = h.RoleAddress, SupportAddress = h.SupportAddress }).SingleOrDefault());

    /// <summary>The role address that the hoster set, followed by the support address, which is the fallback.</summary>
    public static async Task<IReadOnlyList<AddrSpec>> ListAsync(MailContext context, CancellationToken cancellationToken)
    {
        var set = await SetByHoster(context, cancellationToken);
        return [.. ((string?[])[set?.RoleAddress, set?.SupportAddress]).Select(a => AddrSpec.TryParse(a, out var address) ? address : null)
            .OfType<AddrSpec>()];
    }

    /// <summary>
    /// Whether one of these addresses is or may have been the role address, so that it may take mail now and did not before, or the
    /// reverse.
    /// </summary>
    /// <param name="context">The current state.</param>
    /// <param name="cameOrWent">Names of domains that were added or removed.</param>
    /// <param name="wholeDomains">Domains that were changed as a whole: one that is relayed takes mail for every address.</param>
    /// <param name="addresses">All addresses whose mail may go elsewhere than before.</param>
    /// <param name="isAnyRemoved">Whether addresses were removed; those can no longer be looked up by name.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public static async Task<bool> IsMovedAsync(
        MailContext context, IReadOnlySet<DomainName> cameOrWent, IReadOnlySet<long> wholeDomains, IReadOnlySet<long> addresses,
        bool isAnyRemoved, CancellationToken cancellationToken)
    {
        if (addresses.Count + cameOrWent.Count + wholeDomains.Count == 0) return false;
        foreach (var role in await ListAsync(context, cancellationToken))
        {
            var name = role.Domain;
            if (cameOrWent.Contains(name)) return true;
            var domains = await context.Domains.Where(d => d.Name == name).Select(d => d.Id)
                .Concat(context.DomainAliases.Where(a => a.Name == name).Select(a => a.DomainId)).ToListAsync(cancellationToken);
            if (domains.Any(wholeDomains.Contains)) return true;
            if (domains.Count == 0 || !LocalPart.TryParse(role.Untagged, out var part, out _)) continue;
            var found = await context.Addresses.Where(a => domains.Contains(a.DomainId) && a.LocalPart == part).Select(a => a.Id)
                .ToListAsync(cancellationToken);
            if (found.Any(addresses.Contains) || (found.Count == 0 && isAnyRemoved)) return true;
        }
        return false;
    }

    private sealed class Set
    {
        public string? RoleAddress { get; init; }

        public string? SupportAddress { get; init; }
    }
}
