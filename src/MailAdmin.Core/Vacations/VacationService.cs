using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Previews;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Vacations;

/// <summary>Sets and ends the automatic answer (manual, 3.3). The worker makes the account's Sieve script match.</summary>
public sealed class VacationService(MailDatabase database, VacationOptions options)
{
    /// <summary>
    /// Saves the vacation and switches it on or off. Problems carry the fields Subject, Text, Until, IntervalDays. A vacation that is off
    /// may be incomplete.
    /// </summary>
    public Task<Result<Vacation>> SaveAsync(
        long accountId, VacationRequest request, Actor actor, CancellationToken cancellationToken = default) =>
        PlanSaving(accountId, request, actor).MakeAsync(cancellationToken);

    /// <summary>The same as a planned change.</summary>
    /// <inheritdoc cref="SaveAsync"/>
    public PlannedChange<Vacation> PlanSaving(long accountId, VacationRequest request, Actor actor) =>
        Plan(accountId, actor, async (write, account, vacation) =>
    {
        if ((vacation?.Version ?? 0) != request.Version) return VacationProblems.ChangedMeanwhile;
        var (subject, text) = (VacationRules.Subject(request.Subject), VacationRules.Text(request.Text));
        var today = HosterTime.DateOf(write.Now, await HosterTime.ZoneAsync(write.Context, default));
        var problems = VacationRules.Check(request, subject, text, today, options).ToList();
        if (problems.Count > 0) return problems;
        var before = vacation is null ? null : Show(vacation);
        if (vacation is null)
            write.Context.Vacations.Add(vacation = new Vacation { AccountId = account.Id, Subject = subject, Text = text });
        var wasOn = vacation.IsOn;
        (vacation.IsOn, vacation.Subject, vacation.Text) = (request.IsOn, subject, text);
        (vacation.From, vacation.Until, vacation.IntervalDays) = (request.From, request.Until, request.IntervalDays);
        if (request.IsOn) Ask(vacation);
        if (request.IsOn || wasOn) await write.EnqueueAsync(JobKind.Script, account.Id);
        write.Record("vacation.saved", account.Domain!, account.Username.Value, before, Show(vacation));
        return vacation;
    });

    /// <summary>Switches the vacation on again after another program has switched it off.</summary>
    public Task<Result<Vacation>> ActivateAsync(long accountId, Actor actor, CancellationToken cancellationToken = default) =>
        Plan(accountId, actor, async (write, account, vacation) =>
    {
        if (vacation is not { IsOn: true }) return VacationProblems.NotOn;
        Ask(vacation);
        await write.EnqueueAsync(JobKind.Script, account.Id);
        write.Record("vacation.activated", account.Domain!, account.Username.Value);
        return vacation;
    }).MakeAsync(cancellationToken);

    private static void Ask(Vacation vacation)
    {
        vacation.Activation++;
        (vacation.IsSwitchedOff, vacation.LookedAt) = (false, null);
    }

    private PlannedChange<Vacation> Plan(
        long accountId, Actor actor, Func<MailWrite, Account, Vacation?, Task<Result<Vacation>>> change) =>
        new(database, actor, async write =>
        {
            var account = await write.Context.Accounts.Include(a => a.Domain)
                .SingleOrDefaultAsync(a => a.Id == accountId && a.State != AccountState.Deleted);
            if (account is null) return AccountProblems.NotFound;
            actor.Require(Permission.EditMail, account.DomainId);
            return await change(write, account, await write.Context.Vacations.SingleOrDefaultAsync(v => v.AccountId == accountId));
        });

    // The text is private to the owner and their correspondents, so the audit gets only its length.
    private static object Show(Vacation v) => new { v.IsOn, v.From, v.Until, v.IntervalDays, Characters = v.Text.Length };
}
