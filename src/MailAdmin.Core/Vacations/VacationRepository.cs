using MailAdmin.Core.Accounts;
using MailAdmin.Core.Data;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Routing;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Vacations;

/// <param name="Vacation">Null if the account never had one.</param>
/// <param name="Job">The script job that the worker has not finished yet, or null.</param>
/// <param name="TimeZone">The time zone of its days; null for the machine's.</param>
/// <param name="IsRedirectedAway">The account is redirected without a copy: the mailbox gets no mail, so nobody is answered.</param>
public sealed record VacationRow(Vacation? Vacation, JobState? Job, string? TimeZone, bool IsRedirectedAway);

/// <summary>Reads vacations, for pages and for the worker.</summary>
public sealed class VacationRepository(MailDatabase database)
{
    /// <summary>Null if the account never had one.</summary>
    public async Task<Vacation?> FindAsync(long accountId, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        return await context.Vacations.SingleOrDefaultAsync(v => v.AccountId == accountId, cancellationToken);
    }

    /// <summary>The vacation of an account, for its page.</summary>
    public async Task<VacationRow> RowAsync(long accountId, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        var rows =
            from a in context.Accounts.Where(a => a.Id == accountId)
            from vacation in context.Vacations.Where(v => v.AccountId == a.Id).DefaultIfEmpty()
            from job in context.Jobs.Where(t => t.Kind == JobKind.Script && t.SubjectId == a.Id).DefaultIfEmpty()
            select new VacationRow(
                vacation, job == null
                    ? null : new JobState(job.Refused, job.Attempts, job.LastError, job.IsConflict),
                    context.Hosters.Select(h => h.TimeZone).SingleOrDefault(),
                context.Redirects.Any(r => r.AccountId == a.Id && !r.KeepsCopy && r.Destinations.Count > 0));
        return await rows.SingleOrDefaultAsync(cancellationToken) ?? new(null, null, null, false);
    }

    /// <summary>The current facts for the script. Null if there is no vacation, or the account is gone.</summary>
    public async Task<VacationFacts?> FactsAsync(long accountId, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        var vacation = await context.Vacations.Include(v => v.Account)
            .SingleOrDefaultAsync(v => v.AccountId == accountId, cancellationToken);
        if (vacation is not { Account: { State: not AccountState.Deleted } account }) return null;
        var zone = await HosterTime.ZoneAsync(context, cancellationToken);
        var addresses = await AddressesAsync(context, accountId, cancellationToken);
        return new(
            account.Username, account.MailboxReady, vacation.IsOn && addresses.Count > 0, vacation.Subject, vacation.Text,
            vacation.From is { } first
                ? HosterTime.StartOf(first, zone) : null, vacation.Until is { } last ? HosterTime.StartOf(last.AddDays(1), zone) : null,
            vacation.IntervalDays, addresses, vacation.Activation, vacation.Activated)
        {
            MailboxId = account.MailboxId,
        };
    }

    /// <summary>Records the activation that the server has carried out; 0 if the panel's script is no longer there.</summary>
    public Task SaveActivatedAsync(long accountId, long activation, CancellationToken cancellationToken) =>
        database.ExecuteWithoutAuditAsync(context => context.Vacations.Where(v => v.AccountId == accountId)
            .ExecuteUpdateAsync(
                set => set.SetProperty(v => v.Activated, activation).SetProperty(v => v.LookedAt, database.Now), cancellationToken),
                cancellationToken);

    private static async Task<IReadOnlyList<string>> AddressesAsync(
        MailContext context, long accountId, CancellationToken cancellationToken)
    {
        HashSet<long> addresses = [];
        await AddressClosure.AddAsync(context, [accountId], addresses, cancellationToken);
        var facts = await new MapFactsReader(context).AddressesAsync(addresses, cancellationToken);
        var primary = await context.Addresses.Where(a => a.AccountId == accountId && a.IsPrimary).Select(a => a.Id)
            .FirstOrDefaultAsync(cancellationToken);
        return [.. facts.Where(a => !a.Domain.IsRelayed && AliasExpansion.Of(a).SoleAccount?.Id == accountId)
            .OrderByDescending(a => a.Id == primary).ThenByDescending(a => a.Account is not null).ThenBy(a => a.Id)
                .SelectMany(a => a.AllAddresses)];
    }
}
