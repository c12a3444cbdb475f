using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Accounts;

/// <summary>Limits and names of accounts, decided inside the transaction that uses them.</summary>
internal static class AccountRules
{
    private static readonly Func<MailContext, long, Task<long>> AllocatedOf = EF.CompileAsyncQuery((MailContext context, long domainId) =>
        context.Domains.Where(d => d.Id == domainId).Select(d => d.AllocatedKiB).Single());

    private static readonly Func<MailContext, Username, Task<bool>> IsUsedAsync = EF.CompileAsyncQuery(
        (MailContext context, Username name) =>
        context.Accounts.Where(a => a.Username == name).Select(a => a.Username)
            .Concat(context.RetiredUsernames.Where(r => r.Username == name).Select(r => r.Username)).Any());

    /// <summary>
    /// Takes the place of one more account, and its number. One UPDATE decides, so that of forty who ask at once for the last place one
    /// gets it.
    /// </summary>
    /// <returns>The number, or null when the domain is full.</returns>
    public static async Task<long?> TakeNumberAsync(MailContext context, long domainId)
    {
        var taken = await context.RowAsync($"""
            UPDATE "Domains" SET "NextNumber" = "NextNumber" + 1, "AccountCount" = "AccountCount" + 1
            WHERE "Id" = {domainId} AND ("MaxAccounts" IS NULL OR "AccountCount" < "MaxAccounts") RETURNING "NextNumber" - 1
            """, row => new { Number = row.GetInt64(0) });
        return taken?.Number;
    }

    /// <summary>Takes the place of an account that has its number already; false when the domain is full.</summary>
    public static async Task<bool> TakePlaceAsync(MailContext context, long domainId) => await context.Domains
        .Where(d => d.Id == domainId && (d.MaxAccounts == null || d.AccountCount < d.MaxAccounts))
        .ExecuteUpdateAsync(set => set.SetProperty(d => d.AccountCount, d => d.AccountCount + 1)) == 1;

    public static Task ReleasePlaceAsync(MailContext context, Account account)
    {
        var kib = account.Quota?.KiB ?? 0;
        return context.Domains.Where(d => d.Id == account.DomainId).ExecuteUpdateAsync(set => set
            .SetProperty(d => d.AccountCount, d => d.AccountCount - 1).SetProperty(d => d.AllocatedKiB, d => d.AllocatedKiB - kib));
    }

    /// <summary>Allocates the difference between two quotas of one account (null: it had, or gets, none).</summary>
    public static async Task<Problem?> AllocateAsync(MailContext context, MailDomain domain, Quota? before, Quota? after, Actor actor)
    {
        // The superuser may give one account more than the domain's maximum (manual, 3.1); nobody exceeds the total.
        if (after is { KiB: 0 } && before != after) return QuotaProblems.Zero;
        var loosens = before is { } old && (after is null || after > old);
        var isNewOrLooser = before is null || loosens;
        if (isNewOrLooser && !actor.IsSuperuser && domain.MaxQuota is { } max && (after is null || after > max))
            return QuotaProblems.AboveDomainMaximum(max);
        if (domain.TotalQuota is { } && after is null) return QuotaProblems.Missing;
        var added = (after?.KiB ?? 0) - (before?.KiB ?? 0);
        var allocated = await AllocatedOf(context, domain.Id);
        if (added > 0 && domain.TotalQuota is { } total && allocated + added > total.KiB)
            return QuotaProblems.DomainTotalExceeded(new Quota(Math.Max(0, total.KiB - allocated + (before?.KiB ?? 0))), total);
        await context.RunAsync($"""UPDATE "Domains" SET "AllocatedKiB" = "AllocatedKiB" + {added} WHERE "Id" = {domain.Id}""");
        return null;
    }

    /// <summary>The username that the scheme <see cref="NamingScheme.LocalPartAndDomain"/> gives, unless it can be none.</summary>
    public static string NameOf(LocalPart localPart, MailDomain domain) => $"{localPart.Value}.{domain.Name.Value}";

    /// <summary>The username that the domain's scheme gives.</summary>
    public static async Task<Result<Username>> NameAsync(
        MailContext context, MailDomain domain, LocalPart localPart, Username? chosen, long number, NameRules rules)
    {
        if (domain.NamingScheme == NamingScheme.Numbered) return await NumberedAsync(context, domain, number, rules);
        var wanted = chosen;
        var field = domain.NamingScheme == NamingScheme.LocalPartAndDomain ? "Address" : "Username";
        if (domain.NamingScheme == NamingScheme.LocalPartAndDomain
            && !Username.TryParse(NameOf(localPart, domain), out wanted, out var problem)) return problem.At(field);
        return await FreeNameAsync(context, wanted, rules, field);
    }

    /// <summary>The name itself, if nobody has or had it.</summary>
    public static async Task<Result<Username>> FreeNameAsync(
        MailContext context, Username? wanted, NameRules rules, string field = "Username")
    {
        if (wanted is null) return UsernameProblems.Missing.At(field);
        if (rules.Host.ReservedUsernames.Contains(wanted.Value)) return UsernameProblems.Reserved(wanted.Value).At(field);
        if (await IsUsedAsync(context, wanted)) return await TakenAsync(context, wanted, rules.Actor, field);
        return rules.OnServer.Contains(wanted) ? UsernameProblems.OnServer(wanted.Value).At(field) : wanted;
    }

    // Of another customer's account nobody is told whose it is.
    private static async Task<Problem> TakenAsync(MailContext context, Username name, Actor actor, string field)
    {
        var user = await context.Accounts.Where(a => a.Username == name).Select(a => new { a.DomainId, a.Domain!.Name, a.PurgeAt })
            .SingleOrDefaultAsync();
        if (user is null || !actor.Sees(user.DomainId)) return UsernameProblems.Taken(name.Value).At(field);
        var problem = user.PurgeAt is { } until
            ? UsernameProblems.TakenByDeleted(name.Value, user.Name.Display, HosterTime.DateOf(until, await HosterTime.ZoneAsync(context)))
            : UsernameProblems.TakenByAccount(name.Value, user.Name.Display);
        return problem with { Field = field, Link = new(user.Name.Value, name.Value) };
    }

    /// <summary>Takes the next number without a place: the account has one.</summary>
    public static async Task<long> NextNumberAsync(MailContext context, long domainId)
    {
        var taken = await context.RowAsync(
            $"""UPDATE "Domains" SET "NextNumber" = "NextNumber" + 1 WHERE "Id" = {domainId} RETURNING "NextNumber" - 1""",
            row => new { Number = row.GetInt64(0) });
        return taken!.Number;
    }

    // "shop1" + 0001 is also "shop" + 10001: a number whose name is taken, here or on the server, is skipped for good.
    public static async Task<Result<Username>> NumberedAsync(MailContext context, MailDomain domain, long number, NameRules rules)
    {
        var name = Username.Numbered(domain.Prefix, number);
        while (rules.OnServer.Contains(name) || rules.Host.ReservedUsernames.Contains(name.Value) || await IsUsedAsync(context, name))
        {
            await context.Domains.Where(d => d.Id == domain.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(d => d.NextNumber, d => d.NextNumber + 1));
            name = Username.Numbered(domain.Prefix, ++number);
        }
        return name;
    }
}

/// <summary>What keeps a username from being given.</summary>
/// <param name="Host">Has names of its own.</param>
/// <param name="Actor">Who is told whose a name is.</param>
/// <param name="OnServer">Names that have a mailbox on the server already: whose it is nobody here knows, so nobody gets it.</param>
internal sealed record NameRules(MailHostNames Host, Actor Actor, IReadOnlySet<Username> OnServer);
