using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Domains;

/// <summary>An alias or address of another domain of which a destination leads into this one.</summary>
public sealed record ForeignAlias(long Id, LocalPart LocalPart, DomainName Domain)
{
    public string Display => $"{LocalPart}@{Domain.Display}";
}

/// <summary>An account of another domain whose redirect leads into this one.</summary>
public sealed record ForeignRedirect(long Id, Username Username, DomainName Domain)
{
    public string Display => $"{Username} ({Domain.Display})";
}

/// <summary>All that goes with a domain.</summary>
/// <param name="Hidden">Accounts that were deleted and could still be brought back.</param>
/// <param name="Addresses">Of accounts.</param>
/// <param name="Foreign">How many addresses elsewhere lose a destination.</param>
/// <param name="FirstForeign">The first of them, <see cref="ForeignShown"/> at most.</param>
/// <param name="ForeignRedirects">How many redirects elsewhere lose a destination.</param>
/// <param name="FirstForeignRedirects">The first of them, likewise.</param>
/// <param name="Admins">Names of those who have been given it.</param>
/// <param name="NewestAddress">Tells apart what the numbers alone would not: one went, another came.</param>
public sealed record DomainContents(
    int Accounts, int Hidden, int Addresses, int Aliases, int Foreign, IReadOnlyList<ForeignAlias> FirstForeign, int ForeignRedirects,
    IReadOnlyList<ForeignRedirect> FirstForeignRedirects, IReadOnlyList<string> Admins, long NewestAddress)
{
    public const int ForeignShown = 20;

    /// <summary>Differs when the contents do.</summary>
    public string Stamp =>
        FormattableString.Invariant(
            $"{Accounts}.{Hidden}.{Addresses}.{Aliases}.{Foreign}.{ForeignRedirects}.{Admins.Count}.{NewestAddress}");

    /// <summary>
    /// In one command: the numbers stand in each row, beside one alias and one redirect elsewhere and one admin. Those elsewhere are
    /// counted only where there are more than are shown, since counting them means looking for them once more.
    /// </summary>
    internal static async Task<DomainContents?> ReadAsync(MailContext context, long id)
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
                // All of them stand in an index, those of accounts do not.
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
            }).ToListAsync();
        if (rows is not [var all, ..]) return null;
        var firstForeign = rows.Where(r => r.AliasId is not null).DistinctBy(r => r.AliasId)
            .Select(r => new ForeignAlias(r.AliasId!.Value, r.LocalPart, r.Name))
            .OrderBy(a => a.Domain.Reading, StringComparer.Ordinal).ThenBy(a => a.LocalPart.Value, StringComparer.Ordinal).ToList();
        var firstRedirected = rows.Where(r => r.RedirectId is not null).DistinctBy(r => r.RedirectId)
            .Select(r => new ForeignRedirect(r.RedirectId!.Value, r.Username, r.RedirectDomain))
            .OrderBy(a => a.Domain.Reading, StringComparer.Ordinal).ThenBy(a => a.Username.Value, StringComparer.Ordinal).ToList();
        return new(
            all.Accounts, all.Hidden, all.All - all.Aliases, all.Aliases,
            firstForeign.Count > ForeignShown ? await foreign.CountAsync() : firstForeign.Count, [.. firstForeign.Take(ForeignShown)],
            firstRedirected.Count > ForeignShown
                ? await redirects.CountAsync() : firstRedirected.Count, [.. firstRedirected.Take(ForeignShown)],
            [.. rows.Select(r => r.Admin).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            all.NewestAddress);
    }

    private static IQueryable<MailAddress> ForeignTo(MailContext context, long id)
    {
        var leading = LeadingTo(context, id).Select(d => d.AliasId);
        return context.Addresses.Where(a => a.DomainId != id && leading.Contains(a.Id));
    }

    private static IQueryable<Account> RedirectsTo(MailContext context, long id)
    {
        var leading = LeadingTo(context, id).Select(d => d.RedirectId);
        return context.Accounts.Where(a => a.DomainId != id && a.State != AccountState.Deleted && leading.Contains(a.Id));
    }

    // Two lookups by index, put together: with OR, all destinations of all domains would be looked through.
    private static IQueryable<Destination> LeadingTo(MailContext context, long id)
    {
        var toAccounts = context.Accounts.Where(a => a.DomainId == id)
            .Join(context.Destinations, a => (long?)a.Id, d => d.AccountId, (_, d) => d);
        var toAddresses = context.Addresses.Where(a => a.DomainId == id)
            .Join(context.Destinations, a => (long?)a.Id, d => d.LocalAddressId, (_, d) => d);
        return toAccounts.Concat(toAddresses);
    }
}
