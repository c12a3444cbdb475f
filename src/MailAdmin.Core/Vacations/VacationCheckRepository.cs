using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.Outbox;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Vacations;

/// <summary>A vacation that is due for its daily check.</summary>
/// <param name="IsOver">Its last day has passed.</param>
public sealed record DueVacationCheck(long AccountId, bool IsOver);

/// <param name="IsSwitchedOff">Another program has switched it off, or changed its script; null if this could not be determined.</param>
public sealed record SeenVacation(long AccountId, bool? IsSwitchedOff);

/// <summary>
/// The daily check of the vacations that are on: which are due, and the results. Each vacation records when it was checked, so that an
/// interrupted check continues where it stopped.
/// </summary>
public sealed class VacationCheckRepository(MailDatabase database, VacationOptions options)
{
    /// <summary>
    /// Some vacations that have not been checked since the last start of the daily check. Those with a pending script job are left out.
    /// </summary>
    public async Task<IReadOnlyList<DueVacationCheck>> NextAsync(int limit, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        var zone = await HosterTime.ZoneAsync(context, cancellationToken);
        var (begun, today) = (BegunAt(zone), HosterTime.DateOf(database.Now, zone));
        return await context.Vacations
            .Where(v =>
                v.IsOn && (v.LookedAt == null || v.LookedAt < begun) && v.Account!.State != AccountState.Deleted && v.Account.MailboxReady
                && !context.Jobs.Any(t => t.Kind == JobKind.Script && t.SubjectId == v.AccountId))
            .OrderBy(v => v.AccountId).Take(limit).Select(v => new DueVacationCheck(v.AccountId, v.Until != null && v.Until < today))
                .ToListAsync(cancellationToken);
    }

    /// <summary>Saves the results. Nothing is switched on again: if another program switched it off, its user wanted that.</summary>
    public Task RecordAsync(IReadOnlyList<SeenVacation> seen, CancellationToken cancellationToken) =>
        database.WriteAsync(Actor.Panel, async write =>
        {
            foreach (var (vacation, account) in await FindAsync(write, [.. seen.Select(s => s.AccountId)], cancellationToken))
            {
                vacation.LookedAt = write.Now;
                if (seen.First(s => s.AccountId == account.Id).IsSwitchedOff is not { } isSwitchedOff
                    || isSwitchedOff == vacation.IsSwitchedOff) continue;
                vacation.IsSwitchedOff = isSwitchedOff;
                write.Record(
                    isSwitchedOff ? "vacation.seen-switched-off" : "vacation.seen-answering", account.Domain, account.Username.Value);
            }
        }, cancellationToken);

    /// <summary>Switches off vacations that are over, so that the user's own script becomes active on the server again.</summary>
    public Task EndAsync(IReadOnlyList<long> accountIds, CancellationToken cancellationToken) =>
        database.WriteAsync(Actor.Panel, async write =>
        {
            foreach (var (vacation, account) in await FindAsync(write, [.. accountIds], cancellationToken))
            {
                (vacation.IsOn, vacation.IsSwitchedOff) = (false, false);
                write.Record("vacation.ended", account.Domain, account.Username.Value, after: new { vacation.Until });
                await write.EnqueueAsync(JobKind.Script, account.Id);
            }
        }, cancellationToken);

    private static async Task<List<(Vacation Vacation, Account Account)>> FindAsync(
        MailWrite write, List<long> ids, CancellationToken cancellationToken)
    {
        var found = await write.Context.Vacations.Include(v => v.Account!.Domain).Where(v => v.IsOn && ids.Contains(v.AccountId))
            .ToListAsync(cancellationToken);
        return [.. found.Select(v => (v, v.Account!))];
    }

    // The latest start of the daily check.
    private DateTimeOffset BegunAt(TimeZoneInfo zone)
    {
        var now = database.Now;
        var today = HosterTime.StartOf(HosterTime.DateOf(now, zone), zone).AddHours(options.LookHour);
        return today <= now ? today : today.AddDays(-1);
    }
}
