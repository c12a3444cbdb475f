using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Redirects;

/// <summary>A redirect for display (manual, 3.6).</summary>
public sealed record RedirectRow(long Version, bool KeepsCopy, IReadOnlyList<RedirectTarget> Destinations);

/// <summary>A destination for display.</summary>
/// <param name="Takes">False if the destination takes no mail right now.</param>
public sealed record RedirectTarget(Username? Username, LocalPart? LocalPart, DomainName? Domain, AddrSpec? External, bool Takes)
{
    public string Display => Username?.Value ?? External?.Display ?? $"{LocalPart}@{Domain!.Display}";
}

/// <summary>A redirect, and the vacation that it may keep from answering.</summary>
/// <param name="Redirect">
/// Null if there is none. A redirect that has lost its last destination is returned with an empty list, because its version is needed to
/// replace it.
/// </param>
/// <param name="Vacation">Null if none is on.</param>
/// <param name="TimeZone">The time zone of its days; null for the machine's.</param>
public sealed record RedirectFacts(RedirectRow? Redirect, VacationDays? Vacation, string? TimeZone);

/// <summary>The period of a vacation that is on.</summary>
public sealed record VacationDays(DateOnly? From, DateOnly? Until);

/// <summary>Reads redirects.</summary>
public sealed class RedirectRepository(MailDatabase database)
{
    /// <inheritdoc cref="RedirectFacts"/>
    public async Task<RedirectFacts> FindAsync(long accountId, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        // Destinations are read as joined rows: as a list inside the row, SQLite would first read those of all redirects, and all domains
        // for each.
        var rows = await (
            from account in context.Accounts
            where account.Id == accountId
            from d in account.Redirect!.Destinations.DefaultIfEmpty()
            from v in context.Vacations.Where(v => v.AccountId == account.Id && v.IsOn).DefaultIfEmpty()
            orderby d.Id
            select new
            {
                Version = (long?)account.Redirect!.Version,
                KeepsCopy = (bool?)account.Redirect.KeepsCopy,
                Vacation = v == null ? null : new VacationDays(v.From, v.Until),
                TimeZone = context.Hosters.Select(h => h.TimeZone).SingleOrDefault(),
                Target = d == null ? null : new RedirectTarget(
                    d.Account!.Username, d.LocalAddress!.LocalPart, d.LocalAddress.Domain!.Name, d.External,
                    (d.External != null && !context.Domains.Any(x => x.Routing == DomainRouting.Local && x.Name == d.ExternalDomain)
                            && !context.DomainAliases.Any(n => n.Domain!.Routing == DomainRouting.Local && n.Name == d.ExternalDomain))
                        || (d.Account != null && d.Account.State == AccountState.Active)
                        || (d.LocalAddress != null
                            && (d.LocalAddress.AccountId == null || d.LocalAddress.Account!.State == AccountState.Active))),
            }).ToListAsync(cancellationToken);
        if (rows is not [var found, ..]) return new(null, null, null);
        var targets = rows.Select(r => r.Target).OfType<RedirectTarget>().ToList();
        return new(found.Version is { } version ? new(version, found.KeepsCopy!.Value, targets) : null, found.Vacation, found.TimeZone);
    }
}
