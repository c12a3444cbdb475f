using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Sending;

/// <summary>Sets sending limits, and lets an account that reached one continue.</summary>
public sealed class SendingService(MailDatabase database)
{
    /// <summary>Sets the default for all accounts; only superusers may do this. Problems carry the names of the limits as fields.</summary>
    /// <param name="version">The version that the page showed; 0 before the first.</param>
    public Task<Result> ChangeDefaultAsync(
        long version, SendingLimits limits, Actor actor, CancellationToken cancellationToken = default) =>
        database.WriteAsync<Result>(actor, async write =>
    {
        actor.Require(Permission.RunPanel);
        return await ChangeAsync(write, SendingScope.Hoster, 0, version, limits, null, "hoster");
    }, cancellationToken);

    /// <summary>Sets a domain's limits, which its accounts inherit; only superusers may do this.</summary>
    /// <inheritdoc cref="ChangeDefaultAsync"/>
    public Task<Result> ChangeDomainAsync(
        long domainId, long version, SendingLimits limits, Actor actor, CancellationToken cancellationToken = default) =>
        database.WriteAsync<Result>(actor, async write =>
    {
        var domain = await write.Context.Domains.SingleOrDefaultAsync(d => d.Id == domainId, cancellationToken);
        if (domain is null or { State: DomainState.Deleting }) return DomainProblems.NotFound;
        actor.Require(Permission.EditDomains);
        return await ChangeAsync(write, SendingScope.Domain, domainId, version, limits, domain, domain.Name.Value);
    }, cancellationToken);

    /// <summary>Sets an account's limits. Actors other than superusers cannot exceed those of the domain.</summary>
    /// <inheritdoc cref="ChangeDefaultAsync"/>
    public Task<Result> ChangeAccountAsync(
        long accountId, long version, SendingLimits limits, Actor actor, CancellationToken cancellationToken = default) =>
        database.WriteAsync<Result>(actor, async write =>
    {
        var account = await write.Context.Accounts.Include(a => a.Domain)
            .SingleOrDefaultAsync(a => a.Id == accountId && a.State != AccountState.Deleted, cancellationToken);
        if (account is null) return AccountProblems.NotFound;
        actor.Require(Permission.EditMail, account.DomainId);
        var domains = (await SendingRepository.OfDomainAsync(write.Context, account.DomainId, cancellationToken)).Effective;
        if (!actor.IsSuperuser && Above(limits, domains).ToList() is { Count: > 0 } above) return Result.Refused(above);
        return await ChangeAsync(write, SendingScope.Account, accountId, version, limits, account.Domain, account.Username.Value);
    }, cancellationToken);

    /// <summary>
    /// Lets an account that reached a limit continue: what it has sent so far no longer counts. Only superusers may do this, since the
    /// limits protect against stolen passwords.
    /// </summary>
    public Task<Result> LiftAsync(
        long accountId, Actor actor, CancellationToken cancellationToken = default) => database.WriteAsync<Result>(actor, async write =>
    {
        var account = await write.Context.Accounts.Include(a => a.Domain)
            .SingleOrDefaultAsync(a => a.Id == accountId && a.State != AccountState.Deleted, cancellationToken);
        if (account is null) return AccountProblems.NotFound;
        actor.Require(Permission.EditDomains);
        await write.Context.SendingStops.Where(s => s.AccountId == accountId).ExecuteDeleteAsync(cancellationToken);
        await write.Context.SendingCounts.Where(c => c.AccountId == accountId).ExecuteDeleteAsync(cancellationToken);
        write.Record("account.sending-limit-lifted", account.Domain, account.Username.Value);
        return Result.Done;
    }, cancellationToken);

    /// <summary>Records that an account reached a limit: once per account and stop, however many messages it tries to send.</summary>
    public Task ReachedAsync(long accountId, SendingMeasure measure, int limit, CancellationToken cancellationToken) =>
        database.WriteAsync<Result>(Actor.Panel, async write =>
    {
        var account = await write.Context.Accounts.Include(a => a.Domain).SingleOrDefaultAsync(a => a.Id == accountId, cancellationToken);
        if (account is null) return AccountProblems.NotFound;
        var stop = await write.Context.SendingStops.SingleOrDefaultAsync(s => s.AccountId == accountId, cancellationToken);
        // Already recorded; returning a problem keeps anything from being written.
        if (stop is not null && stop.Until > write.Now && stop.Measure == measure) return SendingProblems.ChangedMeanwhile;
        if (stop is null) write.Context.SendingStops.Add(stop = new() { AccountId = accountId });
        (stop.Measure, stop.Limit, stop.At, stop.Until) = (measure, limit, write.Now, await EndAsync(write, accountId, measure, limit));
        write.Record(
            "account.sending-limit-reached", account.Domain, account.Username.Value, after: new { Measure = measure, Limit = limit });
        return Result.Done;
    }, cancellationToken);

    // Hourly limits end with the next hour, daily ones when enough of what was sent is a day old.
    private static async Task<DateTimeOffset> EndAsync(MailWrite write, long accountId, SendingMeasure measure, int limit)
    {
        var now = SendingHour.Of(write.Now);
        if (measure is SendingMeasure.MessagesPerHour or SendingMeasure.RecipientsPerHour) return SendingHour.StartOf(now + 1);
        var counts = await write.Context.SendingCounts.Where(c => c.AccountId == accountId && c.Hour > now - SendingHour.Day)
            .OrderBy(c => c.Hour).ToListAsync();
        var left = counts.Sum(Sent);
        foreach (var count in counts)
        {
            left -= Sent(count);
            if (left < limit) return SendingHour.StartOf(count.Hour + SendingHour.Day);
        }
        return SendingHour.StartOf(now + 1);

        long Sent(SendingCount count) => measure == SendingMeasure.MessagesPerDay ? count.Messages : count.Recipients;
    }

    private static IEnumerable<Problem> OutOfRange(SendingLimits limits) =>
        from measure in Enum.GetValues<SendingMeasure>()
        where limits.Of(measure) is < 0 or > SendingLimits.Highest
        select SendingProblems.OutOfRange(measure);

    private static IEnumerable<Problem> Above(SendingLimits limits, SendingLimits domains) =>
        from measure in Enum.GetValues<SendingMeasure>()
        let most = domains.Of(measure) ?? 0
        where most > 0 && limits.Of(measure) is { } own && (own == 0 || own > most)
        select SendingProblems.AboveDomain(measure, most);

    private static async Task<Result> ChangeAsync(
        MailWrite write, SendingScope scope, long subjectId, long version, SendingLimits limits, MailDomain? domain, string subject)
    {
        if (OutOfRange(limits).ToList() is { Count: > 0 } problems) return Result.Refused(problems);
        var row = await write.Context.SendingLimits.SingleOrDefaultAsync(l => l.Scope == scope && l.SubjectId == subjectId);
        if (version != (row?.Version ?? 0)) return SendingProblems.ChangedMeanwhile;
        var before = row?.Limits ?? SendingLimits.Inherited;
        if (before == limits) return Result.Done;
        if (row is null) write.Context.SendingLimits.Add(row = new() { Scope = scope, SubjectId = subjectId });
        row.Limits = limits;
        await ForgetStopsAsync(write, scope, subjectId, [.. Enum.GetValues<SendingMeasure>().Where(m => before.Of(m) != limits.Of(m))]);
        var kind = scope switch { SendingScope.Hoster => "hoster", SendingScope.Domain => "domain", _ => "account" };
        write.Record($"{kind}.sending-limits-changed", domain, subject, before, limits);
        return Result.Done;
    }

    // These stops were due to other limits. An account that exceeds the new limit too is stopped again at its next message.
    private static Task<int> ForgetStopsAsync(MailWrite write, SendingScope scope, long subjectId, SendingMeasure[] changed)
    {
        var stops = write.Context.SendingStops.Where(s => changed.Contains(s.Measure));
        if (scope == SendingScope.Account) stops = stops.Where(s => s.AccountId == subjectId);
        if (scope == SendingScope.Domain)
            stops = stops.Where(s => write.Context.Accounts.Any(a => a.Id == s.AccountId && a.DomainId == subjectId));
        return stops.ExecuteDeleteAsync();
    }
}
