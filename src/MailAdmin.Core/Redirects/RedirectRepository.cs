using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Redirects;

/// <summary>A redirect as the page shows it (manual, 3.6).</summary>
public sealed record RedirectRow(long Version, bool KeepsCopy, IReadOnlyList<RedirectTarget> Destinations);

/// <summary>A destination as people read it.</summary>
/// <param name="Takes">False when mail is not taken there at present.</param>
public sealed record RedirectTarget(Username? Username, LocalPart? LocalPart, DomainName? Domain, AddrSpec? External, bool Takes)
{
    public string Display => Username?.Value ?? External?.Display ?? $"{LocalPart}@{Domain!.Display}";
}

/// <summary>A redirect, and the vacation that it may silence.</summary>
/// <param name="Redirect">Null where there is none. One that has lost its last destination has none: its version is needed to replace it.</param>
/// <param name="Vacation">Null when none is on.</param>
/// <param name="TimeZone">In which its days are meant; null is the machine's.</param>
public sealed record RedirectFacts(RedirectRow? Redirect, VacationDays? Vacation, string? TimeZone);

/// <summary>The days of a vacation that is on.</summary>
public sealed record VacationDays(DateOnly? From, DateOnly? Until);

/// <summary>Reads redirects.</summary>
public sealed class RedirectRepository(MailDatabase database)
{
    /// <inheritdoc cref="RedirectFacts"/>
    public async Task<RedirectFacts> FindAsync(long accountId)
    {
        await using var context = database.Open();
        var found = await context.Accounts.Where(a => a.Id == accountId).Select(a => new
        {
            Version = (long?)a.Redirect!.Version,
            KeepsCopy = (bool?)a.Redirect.KeepsCopy,
            Vacation = context.Vacations.Where(v => v.AccountId == a.Id && v.IsOn).Select(v => new VacationDays(v.From, v.Until)).FirstOrDefault(),
            TimeZone = context.Hosters.Select(h => h.TimeZone).FirstOrDefault(),
            Destinations = a.Redirect.Destinations.OrderBy(d => d.Id).Select(d => new RedirectTarget(
                d.Account!.Username, d.LocalAddress!.LocalPart, d.LocalAddress.Domain!.Name, d.External,
                (d.External != null && !context.Domains.Any(x => x.Routing == DomainRouting.Local && (x.Name == d.ExternalDomain || x.Aliases.Any(n => n.Name == d.ExternalDomain))))
                    || (d.Account != null && d.Account.State == AccountState.Active)
                    || (d.LocalAddress != null && (d.LocalAddress.AccountId == null || d.LocalAddress.Account!.State == AccountState.Active)))).ToList(),
        }).SingleOrDefaultAsync();
        if (found is null) return new(null, null, null);
        return new(found.Version is { } version ? new(version, found.KeepsCopy!.Value, found.Destinations) : null, found.Vacation, found.TimeZone);
    }
}
