using MailAdmin.Core.Addresses;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Routing;

/// <summary>Where the hoster has postmaster@ and abuse@ of domains that have none (docs/decisions/0021).</summary>
internal static class RoleAddress
{
    private static readonly Func<MailContext, CancellationToken, Task<Set?>> SetByHoster = EF.CompileAsyncQuery(
        (MailContext context, CancellationToken token) =>
        context.Hosters.Select(h => new Set { RoleAddress = h.RoleAddress, SupportAddress = h.SupportAddress }).SingleOrDefault());

    /// <summary>What they set for it, and the support address that stands in for it.</summary>
    public static async Task<IReadOnlyList<AddrSpec>> ListAsync(MailContext context, CancellationToken token)
    {
        var set = await SetByHoster(context, token);
        return [.. ((string?[])[set?.RoleAddress, set?.SupportAddress]).Select(a => AddrSpec.TryParse(a, out var address) ? address : null)
            .OfType<AddrSpec>()];
    }

    /// <summary>
    /// Whether one of these addresses is it, or may have been: it takes mail now and did not before, or the other way round.
    /// </summary>
    /// <param name="context">As it is now.</param>
    /// <param name="cameOrWent">Names of domains that did.</param>
    /// <param name="addresses">Everything whose mail may go elsewhere than before.</param>
    /// <param name="isAnyRemoved">Addresses went, for which nobody can ask by name any more.</param>
    /// <param name="token">Stops.</param>
    public static async Task<bool> IsMovedAsync(
        MailContext context, IReadOnlySet<DomainName> cameOrWent, IReadOnlySet<long> addresses, bool isAnyRemoved, CancellationToken token)
    {
        if (addresses.Count + cameOrWent.Count == 0) return false;
        foreach (var role in await ListAsync(context, token))
        {
            var name = role.Domain;
            if (cameOrWent.Contains(name)) return true;
            var domains = await context.Domains.Where(d => d.Name == name).Select(d => d.Id)
                .Concat(context.DomainAliases.Where(a => a.Name == name).Select(a => a.DomainId)).ToListAsync(token);
            if (domains.Count == 0 || !LocalPart.TryParse(role.Untagged, out var part, out _)) continue;
            var found = await context.Addresses.Where(a => domains.Contains(a.DomainId) && a.LocalPart == part).Select(a => a.Id)
                .ToListAsync(token);
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
