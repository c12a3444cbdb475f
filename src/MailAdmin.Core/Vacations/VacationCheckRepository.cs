using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.Outbox;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Vacations;

/// <summary>A vacation whose turn it is.</summary>
/// <param name="IsOver">Its last day is past.</param>
public sealed record DueVacationCheck(long AccountId, bool IsOver);

/// <param name="IsSwitchedOff">Another program switched it off, or changed its script; null when it could not be seen.</param>
public sealed record SeenVacation(long AccountId, bool? IsSwitchedOff);

/// <summary>
/// The daily look at the vacations that are on: whose turn it is, and what was seen. Where it stopped is with each vacation, so that it
/// goes on there.
/// </summary>
public sealed class VacationCheckRepository(MailDatabase database, VacationOptions options)
{
    /// <summary>
    /// Some that have not been looked at since the hour of the day at which it begins. Those that the worker has still to do are not among
    /// them.
    /// </summary>
    public async Task<IReadOnlyList<DueVacationCheck>> NextAsync(int limit, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        var zone = await HosterTime.ZoneAsync(context, cancellationToken);
        var (begun, today) = (BegunAt(zone), HosterTime.DateOf(database.Now, zone));
        return await context.Vacations
            .Where(v =>
                v.IsOn && (v.LookedAt == null || v.LookedAt < begun) && v.Account!.State != AccountState.Deleted && v.Account.MailboxReady
                && !context.OutboxTasks.Any(t => t.Kind == OutboxKind.Script && t.SubjectId == v.AccountId))
            .OrderBy(v => v.AccountId).Take(limit).Select(v => new DueVacationCheck(v.AccountId, v.Until != null && v.Until < today))
                .ToListAsync(cancellationToken);
    }

    /// <summary>Keeps what was seen. Nothing is switched on again: that another program switched it off is its user's word.</summary>
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

    /// <summary>Switches off what is over, so that the server has the user's own script again.</summary>
    public Task EndAsync(IReadOnlyList<long> accountIds, CancellationToken cancellationToken) =>
        database.WriteAsync(Actor.Panel, async write =>
        {
            foreach (var (vacation, account) in await FindAsync(write, [.. accountIds], cancellationToken))
            {
                (vacation.IsOn, vacation.IsSwitchedOff) = (false, false);
                write.Record("vacation.ended", account.Domain, account.Username.Value, after: new { vacation.Until });
                await write.EnqueueAsync(OutboxKind.Script, account.Id);
            }
        }, cancellationToken);

    private static async Task<List<(Vacation Vacation, Account Account)>> FindAsync(
        MailWrite write, List<long> ids, CancellationToken cancellationToken)
    {
        var found = await write.Context.Vacations.Include(v => v.Account!.Domain).Where(v => v.IsOn && ids.Contains(v.AccountId))
            .ToListAsync(cancellationToken);
        return [.. found.Select(v => (v, v.Account!))];
    }

    // The last time that the hour struck.
    private DateTimeOffset BegunAt(TimeZoneInfo zone)
    {
        var now = database.Now;
        var today = HosterTime.StartOf(HosterTime.DateOf(now, zone), zone).AddHours(options.LookHour);
        return today <= now ? today : today.AddDays(-1);
    }
}
