using MailAdmin.Core.Addresses;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Redirects;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Accounts;

/// <summary>An alias that is about to lose a destination.</summary>
/// <param name="IsLast">It is the only destination: mail to the alias will be refused.</param>
public sealed record AffectedAlias(long Id, LocalPart LocalPart, DomainName Domain, bool IsLast)
{
    public string Display => $"{LocalPart}@{Domain.Display}";
}

/// <summary>An account whose redirect is about to lose a destination.</summary>
/// <param name="IsLast">It is the only destination: the redirect ends, and mail is delivered to the mailbox again.</param>
public sealed record AffectedRedirect(string Username, LocalPart LocalPart, DomainName Domain, bool IsLast, bool KeepsCopy)
{
    public string Display => $"{LocalPart}@{Domain.Display}";
}

/// <param name="Aliases">Affected aliases in domains that the admin may see.</param>
/// <param name="ForeignAliases">Number of affected aliases in other domains.</param>
/// <param name="Redirects">The same for redirects.</param>
/// <param name="ForeignRedirects">The same for redirects.</param>
/// <param name="IsHiddenFirst">
/// The account is deleted but can be restored for a while. Until it is purged, a redirect without a copy that leads only to it takes no
/// mail.
/// </param>
public sealed record DeletionImpact(
    IReadOnlyList<AffectedAlias> Aliases, int ForeignAliases, IReadOnlyList<AffectedRedirect> Redirects, int ForeignRedirects,
    bool IsHiddenFirst)
{
    public bool Any => Aliases.Count + ForeignAliases + Redirects.Count + ForeignRedirects > 0;
}

/// <summary>Reads what else is affected when an account or an address is deleted, for the confirmation page.</summary>
public sealed class DeletionImpactReader(MailDatabase database)
{
    /// <param name="visible">The admin's domains; null means all.</param>
    public async Task<DeletionImpact> OfAccountAsync(
        long accountId, IReadOnlySet<long>? visible, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        // A list of its addresses is used because a join with OR would scan all destinations.
        var own = context.Addresses.Where(a => a.AccountId == accountId).Select(a => (long?)a.Id);
        return await ReadAsync(
            context, context.Destinations.Where(d => d.AccountId == accountId || own.Contains(d.LocalAddressId)), visible,
            isHiddenFirst: true, cancellationToken);
    }

    /// <inheritdoc cref="OfAccountAsync"/>
    public async Task<DeletionImpact> OfAddressAsync(
        long addressId, IReadOnlySet<long>? visible, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        return await ReadAsync(context, context.Destinations.Where(d => d.LocalAddressId == addressId), visible, isHiddenFirst: false,
            cancellationToken);
    }

    // Reads aliases and redirects with one command.
    private static async Task<DeletionImpact> ReadAsync(
        MailContext context, IQueryable<Destination> dependents, IReadOnlySet<long>? visible, bool isHiddenFirst,
        CancellationToken cancellationToken)
    {
        var rows = await dependents.Where(d => d.AliasId != null)
            .Select(d => new Row
            {
                Id = d.AliasId!.Value,
                LocalPart = d.Alias!.LocalPart,
                DomainId = d.Alias.DomainId,
                Domain = d.Alias.Domain!.Name,
                Count = d.Alias.Destinations.Count,
                Username = "",
                KeepsCopy = false,
            })
            .Concat(
                from d in dependents
                join a in context.Addresses.Where(a => a.IsPrimary) on d.RedirectId equals a.AccountId
                where a.Account!.State != AccountState.Deleted
                select new Row
                {
                    Id = d.RedirectId!.Value,
                    LocalPart = a.LocalPart,
                    DomainId = a.DomainId,
                    Domain = a.Domain!.Name,
                    Count = d.Redirect!.Destinations.Count,
                    Username = (string)(object)a.Account!.Username,
                    KeepsCopy = d.Redirect.KeepsCopy,
                })
            .ToListAsync(cancellationToken);
        // An alias may lead to both the account and its address, and then loses both.
        var losing = rows.GroupBy(r => (r.Username, r.Id)).Select(g => g.First() with { IsLast = g.First().Count == g.Count() })
            .OrderBy(r => r.Domain.Reading, StringComparer.Ordinal).ThenBy(r => r.LocalPart.Value, StringComparer.Ordinal)
            .ToLookup(r => (IsAlias: r.Username.Length == 0, IsSeen: visible?.Contains(r.DomainId) != false));
        return new(
            [.. losing[(true, true)].Select(r => new AffectedAlias(r.Id, r.LocalPart, r.Domain, r.IsLast))], losing[(true, false)].Count(),
            [.. losing[(false, true)].Select(r => new AffectedRedirect(r.Username, r.LocalPart, r.Domain, r.IsLast, r.KeepsCopy))],
            losing[(false, false)].Count(),
            isHiddenFirst);
    }

    // The username of an alias is empty.
    private sealed record Row
    {
        public long Id { get; init; }

        public required LocalPart LocalPart { get; init; }

        public long DomainId { get; init; }

        public required DomainName Domain { get; init; }

        public int Count { get; init; }

        public required string Username { get; init; }

        public bool KeepsCopy { get; init; }

        public bool IsLast { get; init; }
    }
}
