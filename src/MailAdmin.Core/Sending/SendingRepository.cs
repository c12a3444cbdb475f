using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Sending;

/// <summary>Limits of a hoster, a domain or an account.</summary>
/// <param name="Own">The limits that are set at this level.</param>
/// <param name="Above">The inherited limits, which apply where none is set at this level.</param>
/// <param name="Version">The version of the limits set at this level; 0 if there are none.</param>
public sealed record SendingSettings(SendingLimits Own, SendingLimits Above, long Version)
{
    public SendingLimits Effective => Own.Over(Above);
}

/// <summary>Limits of an account, and what it has sent.</summary>
public sealed record AccountSending(SendingSettings Settings, SendingTotals Sent);

/// <summary>An account that reached a limit and may not send for now.</summary>
public sealed record StoppedAccount(
    DomainName Domain, Username Username, SendingMeasure Measure, int Limit, DateTimeOffset At, DateTimeOffset Until);

/// <summary>Reads sending limits and counts.</summary>
public sealed class SendingRepository(MailDatabase database)
{
    public async Task<SendingSettings> DefaultAsync(CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        return SettingsOf(await Rows(context, null, null).ToListAsync(cancellationToken), SendingScope.Hoster);
    }

    public async Task<SendingSettings> OfDomainAsync(long domainId, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        return await OfDomainAsync(context, domainId, cancellationToken);
    }

    public async Task<AccountSending> OfAccountAsync(long domainId, long accountId, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        var hour = SendingHour.Of(database.Now);
        var limits = Rows(context, domainId, accountId).Select(l => new
        {
            Scope = (SendingScope?)l.Scope,
            MessagesPerHour = (long?)l.MessagesPerHour,
            RecipientsPerHour = (long?)l.RecipientsPerHour,
            MessagesPerDay = (long?)l.MessagesPerDay,
            RecipientsPerDay = (long?)l.RecipientsPerDay,
            At = l.Version,
        });
        var counts = context.SendingCounts.Where(c => c.AccountId == accountId && c.Hour > hour - SendingHour.Day).Select(c => new
        {
            Scope = (SendingScope?)null,
            MessagesPerHour = (long?)c.Messages,
            RecipientsPerHour = (long?)c.Recipients,
            MessagesPerDay = (long?)null,
            RecipientsPerDay = (long?)null,
            At = c.Hour,
        });
        // One statement for both, because the page also reads the account and its domain.
        var found = await limits.Concat(counts).ToListAsync(cancellationToken);
        var sent = found.Where(f => f.Scope is null)
            .Select(f => new { f.At, Messages = f.MessagesPerHour!.Value, Recipients = f.RecipientsPerHour!.Value }).ToList();
        var current = sent.SingleOrDefault(c => c.At == hour);
        var rows = found.Where(f => f.Scope is not null).Select(f => new SendingLimitRow
        {
            Scope = f.Scope!.Value,
            Limits = new((int?)f.MessagesPerHour, (int?)f.RecipientsPerHour, (int?)f.MessagesPerDay, (int?)f.RecipientsPerDay),
            Version = f.At,
        }).ToList();
        return new(
            SettingsOf(rows, SendingScope.Account),
            new(current?.Messages ?? 0, current?.Recipients ?? 0, sent.Sum(c => c.Messages), sent.Sum(c => c.Recipients)));
    }

    /// <summary>Accounts that reached a limit, of the domains that the actor may see; <paramref name="most"/> at most.</summary>
    public async Task<IReadOnlyList<StoppedAccount>> StoppedAsync(Actor actor, int most, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        var found = await Stopped(context, actor).OrderByDescending(s => s.Stop.At).Take(most)
            .Select(s => new { s.Stop, s.Account.Username, Domain = s.Account.Domain!.Name }).ToListAsync(cancellationToken);
        return [.. found.Select(f => new StoppedAccount(f.Domain, f.Username, f.Stop.Measure, f.Stop.Limit, f.Stop.At, f.Stop.Until))];
    }

    /// <summary>Number of such accounts.</summary>
    public async Task<int> CountStoppedAsync(CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        return await Stopped(context, Actor.Panel).CountAsync(cancellationToken);
    }

    internal static async Task<SendingSettings> OfDomainAsync(
        MailContext context, long domainId, CancellationToken cancellationToken) =>
        SettingsOf(await Rows(context, domainId, null).ToListAsync(cancellationToken), SendingScope.Domain);

    private IQueryable<StoppedRow> Stopped(MailContext context, Actor actor)
    {
        var now = database.Now;
        var stopped =
            from stop in context.SendingStops
            where stop.Until > now
            join account in context.Accounts on stop.AccountId equals account.Id
            where account.State != AccountState.Deleted
            select new StoppedRow { Stop = stop, Account = account };
        if (actor.Domains is not { } seen) return stopped;
        var ids = seen.ToList();
        return stopped.Where(s => ids.Contains(s.Account.DomainId));
    }

    private static IQueryable<SendingLimitRow> Rows(MailContext context, long? domainId, long? accountId) =>
        context.SendingLimits.AsNoTracking()
        .Where(l => (l.Scope == SendingScope.Hoster && l.SubjectId == 0) || (l.Scope == SendingScope.Domain && l.SubjectId == domainId)
            || (l.Scope == SendingScope.Account && l.SubjectId == accountId));

    private static SendingSettings SettingsOf(List<SendingLimitRow> rows, SendingScope scope)
    {
        var above = SendingLimits.Default;
        foreach (var row in rows.Where(r => r.Scope < scope).OrderBy(r => r.Scope)) above = row.Limits.Over(above);
        var own = rows.SingleOrDefault(r => r.Scope == scope);
        return new(own?.Limits ?? SendingLimits.Inherited, above, own?.Version ?? 0);
    }

    private sealed class StoppedRow
    {
        public required SendingStop Stop { get; init; }

        public required Account Account { get; init; }
    }
}
