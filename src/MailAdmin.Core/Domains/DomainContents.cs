using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Domains;

/// <summary>An alias of another domain with a destination in this one.</summary>
public sealed record ForeignAlias(long Id, LocalPart LocalPart, DomainName Domain)
{
    public string Display => $"{LocalPart}@{Domain.Display}";
}

/// <summary>An account of another domain whose redirect has a destination in this one.</summary>
public sealed record ForeignRedirect(long Id, Username Username, DomainName Domain)
{
    public string Display => $"{Username} ({Domain.Display})";
}

/// <summary>Everything that is deleted together with a domain.</summary>
/// <param name="Hidden">Deleted accounts that could still be restored.</param>
/// <param name="Addresses">Addresses of accounts.</param>
/// <param name="Foreign">Number of aliases in other domains that lose a destination.</param>
/// <param name="FirstForeign">The first of them, <see cref="ForeignShown"/> at most.</param>
/// <param name="ForeignRedirects">Number of redirects in other domains that lose a destination.</param>
/// <param name="FirstForeignRedirects">The first of them, <see cref="ForeignShown"/> at most.</param>
/// <param name="Admins">Names of the admins to whom it was given.</param>
/// <param name="NewestAddress">Detects changes that leave the numbers equal: one address removed, another added.</param>
public sealed record DomainContents(
    int Accounts, int Hidden, int Addresses, int Aliases, int Foreign, IReadOnlyList<ForeignAlias> FirstForeign, int ForeignRedirects,
    IReadOnlyList<ForeignRedirect> FirstForeignRedirects, IReadOnlyList<string> Admins, long NewestAddress)
{
    public const int ForeignShown = 20;

    /// <summary>Changes whenever the contents change.</summary>
    public string Stamp =>
        FormattableString.Invariant(
            $"{Accounts}.{Hidden}.{Addresses}.{Aliases}.{Foreign}.{ForeignRedirects}.{Admins.Count}.{NewestAddress}");

    /// <summary>
    /// Reads everything in one command: each row has the numbers beside one foreign alias, one foreign redirect and one admin. Foreign ones
    /// are counted only if there are more than are shown, since counting means finding them once more.
    /// </summary>
    internal static async Task<DomainContents?> ReadAsync(MailContext context, long id, CancellationToken cancellationToken)
    {
        var accounts = context.Accounts.Where(a => a.DomainId == id);
        var addresses = context.Addresses.Where(a => a.DomainId == id);
        var foreign = ForeignTo(context, id);
        var first = foreign.OrderBy(a => a.Domain!.SortName).ThenBy(a => a.LocalPart).Take(ForeignShown + 1)
            .Select(a => new { LeadsTo = id, a.Id, a.LocalPart, a.Domain!.Name });
        var redirects = RedirectsTo(context, id);
        var firstRedirects = redirects.OrderBy(a => a.Domain!.SortName).ThenBy(a => a.Username).Take(ForeignShown + 1)
            .Select(a => new { LeadsTo = id, a.Id, a.Username, a.Domain!.Name });
        var admins = context.AdminDomains.Where(x => x.DomainId == id).Select(x => new { x.DomainId, x.Admin!.UserName });
        var rows = await (
            from domain in context.Domains.AsNoTracking()
            where domain.Id == id
            join a in first on domain.Id equals a.LeadsTo into aliases
            from alias in aliases.DefaultIfEmpty()
            join r in firstRedirects on domain.Id equals r.LeadsTo into redirected
            from redirect in redirected.DefaultIfEmpty()
            join x in admins on domain.Id equals x.DomainId into given
            from admin in given.DefaultIfEmpty()
            select new
            {
                Accounts = accounts.Count(a => a.State != AccountState.Deleted),
                Hidden = accounts.Count(a => a.State == AccountState.Deleted),
                // An index covers all addresses, but none covers only those of accounts.
                All = addresses.Count(),
                Aliases = addresses.Count(a => a.AccountId == null),
                NewestAddress = addresses.Max(a => (long?)a.Id) ?? 0,
                AliasId = (long?)alias.Id,
                alias.LocalPart,
                alias.Name,
                RedirectId = (long?)redirect.Id,
                redirect.Username,
                RedirectDomain = redirect.Name,
                Admin = admin.UserName,
            }).ToListAsync(cancellationToken);
        if (rows is not [var all, ..]) return null;
        var firstForeign = rows.Where(r => r.AliasId is not null).DistinctBy(r => r.AliasId)
            .Select(r => new ForeignAlias(r.AliasId!.Value, r.LocalPart, r.Name))
            .OrderBy(a => a.Domain.Reading, StringComparer.Ordinal).ThenBy(a => a.LocalPart.Value, StringComparer.Ordinal).ToList();
        var firstRedirected = rows.Where(r => r.RedirectId is not null).DistinctBy(r => r.RedirectId)
            .Select(r => new ForeignRedirect(r.RedirectId!.Value, r.Username, r.RedirectDomain))
            .OrderBy(a => a.Domain.Reading, StringComparer.Ordinal).ThenBy(a => a.Username.Value, StringComparer.Ordinal).ToList();
        return new(
            all.Accounts, all.Hidden, all.All - all.Aliases, all.Aliases,
            firstForeign.Count > ForeignShown ? await foreign.CountAsync(cancellationToken) : firstForeign.Count,
                [.. firstForeign.Take(ForeignShown)],
            firstRedirected.Count > ForeignShown
                ? await redirects.CountAsync(cancellationToken) : firstRedirected.Count, [.. firstRedirected.Take(ForeignShown)],
            [.. rows.Select(r => r.Admin).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            all.NewestAddress);
    }

    private static IQueryable<MailAddress> ForeignTo(MailContext context, long id)
    {
        var dependents = DependentsOf(context, id).Select(d => d.AliasId);
        return context.Addresses.Where(a => a.DomainId != id && dependents.Contains(a.Id));
    }

    private static IQueryable<Account> RedirectsTo(MailContext context, long id)
    {
        var dependents = DependentsOf(context, id).Select(d => d.RedirectId);
        return context.Accounts.Where(a => a.DomainId != id && a.State != AccountState.Deleted && dependents.Contains(a.Id));
    }

    // Two index lookups are concatenated: with OR, all destinations of all domains would be scanned.
    private static IQueryable<Destination> DependentsOf(MailContext context, long id)
    {
        var toAccounts = context.Accounts.Where(a => a.DomainId == id)
            .Join(context.Destinations, a => (long?)a.Id, d => d.AccountId, (_, d) => d);
        var toAddresses = context.Addresses.Where(a => a.DomainId == id)
            .Join(context.Destinations, a => (long?)a.Id, d => d.LocalAddressId, (_, d) => d);
        return toAccounts.Concat(toAddresses);
    }
}
