using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Accounts;

/// <summary>Limits and usernames of accounts, checked inside the transaction that uses them.</summary>
internal static class AccountRules
{
    private static readonly Func<MailContext, long, Task<long>> AllocatedOf = CompiledQuery.Create((MailContext context, long domainId) =>
        context.Domains.Where(d => d.Id == domainId).Select(d => d.AllocatedKiB).Single());

    private static readonly Func<MailContext, Username, Task<bool>> IsUsedAsync = CompiledQuery.Create(
        (MailContext context, Username name) =>
        context.Accounts.Where(a => a.Username == name).Select(a => a.Username)
            .Concat(context.RetiredUsernames.Where(r => r.Username == name).Select(r => r.Username)).Any());

    /// <summary>
    /// Counts one more account against the domain's limit, and takes its number. A single UPDATE decides, so that of forty concurrent
    /// requests for the last place exactly one gets it.
    /// </summary>
    /// <returns>The number, or null if the domain is full.</returns>
    public static async Task<long?> TakeNumberAsync(MailContext context, long domainId)
    {
        var taken = await context.RowAsync($"""
            UPDATE "Domains" SET "NextNumber" = "NextNumber" + 1, "AccountCount" = "AccountCount" + 1
            WHERE "Id" = {domainId} AND ("MaxAccounts" IS NULL OR "AccountCount" < "MaxAccounts") RETURNING "NextNumber" - 1
            """, row => new { Number = row.GetInt64(0) });
        return taken?.Number;
    }

    /// <summary>Counts an account that has its number already against the domain's limit; false if the domain is full.</summary>
    public static async Task<bool> TakePlaceAsync(MailContext context, long domainId) => await context.Domains
        .Where(d => d.Id == domainId && (d.MaxAccounts == null || d.AccountCount < d.MaxAccounts))
        .ExecuteUpdateAsync(set => set.SetProperty(d => d.AccountCount, d => d.AccountCount + 1)) == 1;

    public static Task ReleasePlaceAsync(MailContext context, Account account)
    {
        var kib = account.Quota?.KiB ?? 0;
        return context.Domains.Where(d => d.Id == account.DomainId).ExecuteUpdateAsync(set => set
            .SetProperty(d => d.AccountCount, d => d.AccountCount - 1).SetProperty(d => d.AllocatedKiB, d => d.AllocatedKiB - kib));
    }

    /// <summary>Allocates the difference between two quotas of one account (null means none before, or none after).</summary>
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

    /// <summary>The username by the scheme <see cref="NamingScheme.LocalPartAndDomain"/>; it may be invalid.</summary>
    public static string NameOf(LocalPart localPart, MailDomain domain) => $"{localPart.Value}.{domain.Name.Value}";

    /// <summary>The username by the domain's naming scheme.</summary>
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

    /// <summary>The username itself, if nobody has or had it.</summary>
    public static async Task<Result<Username>> FreeNameAsync(
        MailContext context, Username? wanted, NameRules rules, string field = "Username")
    {
        if (wanted is null) return UsernameProblems.Missing.At(field);
        if (rules.Host.ReservedUsernames.Contains(wanted.Value)) return UsernameProblems.Reserved(wanted.Value).At(field);
        if (await IsUsedAsync(context, wanted)) return await TakenAsync(context, wanted, rules.Actor, field);
        return rules.OnServer.Contains(wanted) ? UsernameProblems.OnServer(wanted.Value).At(field) : wanted;
    }

    // The message does not say which domain the account is in if the actor may not see that domain.
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

    /// <summary>Takes the next number for an account that is counted already.</summary>
    public static async Task<long> NextNumberAsync(MailContext context, long domainId)
    {
        var taken = await context.RowAsync(
            $"""UPDATE "Domains" SET "NextNumber" = "NextNumber" + 1 WHERE "Id" = {domainId} RETURNING "NextNumber" - 1""",
            row => new { Number = row.GetInt64(0) });
        return taken!.Number;
    }

    // "shop1" + 0001 equals "shop" + 10001: a number whose username is taken, here or on the server, is skipped for good.
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

/// <summary>The facts that keep a username from being given.</summary>
/// <param name="Host">The mail host's own reserved names.</param>
/// <param name="Actor">The person who is told which account has a taken name.</param>
/// <param name="OnServer">Names that have a mailbox on the server already. Its owner is unknown here, so nobody gets the name.</param>
internal sealed record NameRules(MailHostNames Host, Actor Actor, IReadOnlySet<Username> OnServer);
