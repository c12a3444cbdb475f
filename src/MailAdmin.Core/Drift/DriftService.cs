using System.Globalization;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Results;
using MailAdmin.Core.Scripts;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Drift;

/// <summary>
/// Repairs differences, one or all of a kind; only superusers may do this. The server is made to match by a job or by publishing the map
/// rows again, so that worker and followers do the work, and retry if it fails.
/// </summary>
public sealed class DriftService(MailDatabase database)
{
    // Number of findings per transaction; other writers get their turn in between.
    private const int StepSize = 200;

    /// <summary>Problems: the finding no longer exists, is repaired already, or cannot be repaired in this direction.</summary>
    public Task<Result> RepairAsync(long findingId, DriftRepair repair, Actor actor, CancellationToken cancellationToken = default) =>
        database.WriteAsync<Result>(actor, async write =>
    {
        actor.Require(Permission.RunPanel);
        var finding = await write.Context.DriftFindings.SingleOrDefaultAsync(f => f.Id == findingId, cancellationToken);
        if (finding is null) return DriftProblems.Gone;
        if (finding.RepairedAt is not null) return Result.Done;
        if (!DriftRepairs.Of(finding.Kind).Contains(repair)) return DriftProblems.NoSuchRepair;
        return await RepairAsync(write, finding, repair) is { } problem ? problem : Result.Done;
    }, cancellationToken);

    /// <summary>Repairs all open findings, of one or of every kind, that can be repaired in this direction; the others are left.</summary>
    /// <returns>The number of repaired findings.</returns>
    public async Task<int> RepairAllAsync(
        long runId, DriftKind? kind, DriftRepair repair, Actor actor, CancellationToken cancellationToken = default)
    {
        var kinds = Enum.GetValues<DriftKind>().Where(k => (kind is null || k == kind) && DriftRepairs.Of(k).Contains(repair)).ToList();
        var (done, last) = (0, 0L);
        for (; ; )
        {
            List<DriftFinding> step = [];
            await database.WriteAsync(actor, async write =>
            {
                actor.Require(Permission.RunPanel);
                step = await write.Context.DriftFindings.Where(
                    f => f.RunId == runId && f.Id > last && f.RepairedAt == null && kinds.Contains(f.Kind))
                    .OrderBy(f => f.Id).Take(StepSize).ToListAsync(cancellationToken);
                foreach (var finding in step)
                {
                    if (await RepairAsync(write, finding, repair) is null) done++;
                }
            }, cancellationToken);
            if (step.Count < StepSize) return done;
            last = step[^1].Id;
        }
    }

    /// <summary>Deletes an orphaned mailbox with all its mail. The name is retired, so that nobody gets it.</summary>
    /// <param name="typedName">The text that the superuser entered: it has to be the mailbox's name.</param>
    public Task<Result> RemoveOrphanAsync(long findingId, string? typedName, Actor actor, CancellationToken cancellationToken = default) =>
        database.WriteAsync<Result>(actor, async write =>
    {
        actor.Require(Permission.RunPanel);
        var finding = await write.Context.DriftFindings.SingleOrDefaultAsync(f => f.Id == findingId
            && f.Kind == DriftKind.MailboxOrphaned, cancellationToken);
        if (finding is null) return DriftProblems.Gone;
        if (finding.RepairedAt is not null) return Result.Done;
        if (typedName?.Trim() != finding.Subject) return DriftProblems.NameDiffers(finding.Subject);
        if (Username.OfMailbox(finding.Subject) is not { } username) return DriftProblems.NotOurs;
        if (await write.Context.Accounts.AnyAsync(a => a.Username == username, cancellationToken)) return DriftProblems.Gone;
        await RetireAsync(write, username, finding.MailboxId);
        finding.RepairedAt = write.Now;
        write.Record("drift.orphan-removed", null, finding.Subject, before: new { finding.Found });
        return Result.Done;
    }, cancellationToken);

    // Only the mailbox that was shown is removed, not another one that may have its name by then.
    private static async Task RetireAsync(MailWrite write, Username username, MailboxId? shown)
    {
        var retired = await write.Context.RetiredUsernames.SingleOrDefaultAsync(r => r.Username == username);
        if (retired is null)
        {
            var store = await write.Context.Stores.OrderBy(s => s.Id).Select(s => s.Id).FirstAsync();
            write.Context.RetiredUsernames.Add(
                retired = new RetiredUsername { Username = username, StoreId = store, RetiredAt = write.Now });
        }
        retired.MailboxId = shown;
        await write.Context.SaveChangesAsync();
        await write.EnqueueAsync(JobKind.Removal, retired.Id);
    }

    private static async Task<Problem?> RepairAsync(MailWrite write, DriftFinding finding, DriftRepair repair)
    {
        var problem = finding.Map is not null
            ? await DriftMaps.PublishAsync(write, finding) : await RepairAccountAsync(write, finding, repair);
        if (problem is null) finding.RepairedAt = write.Now;
        return problem;
    }

    private static async Task<Problem?> RepairAccountAsync(MailWrite write, DriftFinding finding, DriftRepair repair)
    {
        var account = await write.Context.Accounts.Include(a => a.Domain).SingleOrDefaultAsync(a => a.Id == finding.AccountId);
        if (account is null) return DriftProblems.Gone;
        if (finding.Kind == DriftKind.ScriptInactive) return await ActivateAsync(write, account);
        if (finding.Kind is DriftKind.ScriptForwards or DriftKind.ScriptSender or DriftKind.RightsForeign)
            return await FenceAsync(write, account, finding);
        if (repair == DriftRepair.Database) return await TakeOverAsync(write, account, finding);
        await write.EnqueueAsync(JobKind.Mailbox, account.Id);
        write.Record("drift.repaired", account.Domain, account.Username.Value, new { finding.Found }, new { finding.Wanted });
        return null;
    }

    // A superuser may exceed the domain's limits here as everywhere; the domain's sum is updated.
    private static async Task<Problem?> TakeOverAsync(MailWrite write, Account account, DriftFinding finding)
    {
        Quota? quota = finding.Found is null ? null : new Quota(long.Parse(finding.Found, CultureInfo.InvariantCulture));
        var before = account.Quota;
        if (await AccountRules.AllocateAsync(write.Context, account.Domain!, before, quota, Actor.Panel) is { } problem) return problem;
        account.Quota = quota;
        write.Record("account.quota-changed", account.Domain, account.Username.Value, new { KiB = before?.KiB }, new { KiB = quota?.KiB });
        return null;
    }

    private static async Task<Problem?> FenceAsync(MailWrite write, Account account, DriftFinding finding)
    {
        if (finding.Kind == DriftKind.RightsForeign) await ScriptService.TakeForeignRightsAsync(write, account, finding.Found);
        else await ScriptService.SetAsideAsync(write, account, finding.Found);
        return null;
    }

    private static async Task<Problem?> ActivateAsync(MailWrite write, Account account)
    {
        if (await write.Context.Vacations.SingleOrDefaultAsync(v => v.AccountId == account.Id && v.IsOn) is not { } vacation)
            return DriftProblems.Gone;
        vacation.Activation++;
        await write.EnqueueAsync(JobKind.Script, account.Id);
        write.Record("vacation.activated", account.Domain, account.Username.Value);
        return null;
    }
}

/// <summary>Reasons why a difference cannot be repaired as requested.</summary>
public static class DriftProblems
{
    public static Problem Gone { get; } = new("DriftGone");

    public static Problem NoSuchRepair { get; } = new("DriftNoSuchRepair");

    /// <summary>The mailbox's name is not one that the panel could have given.</summary>
    public static Problem NotOurs { get; } = new("DriftNotOurs", "TypedName");

    public static Problem NameDiffers(string name) => new("DriftNameDiffers", "TypedName", name);
}
