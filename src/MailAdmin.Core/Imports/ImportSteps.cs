using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Passwords;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Imports;

/// <summary>
/// Carries an import out, some rows per transaction. A row's outcome is committed with what it changed, so a restart neither loses nor
/// repeats a row. If one of the rows is refused, each of them gets a transaction of its own.
/// </summary>
public sealed class ImportSteps
{
    // Hashing this many passwords takes some seconds on two processors.
    private const int StepSize = 50;

    private readonly MailDatabase _database;
    private readonly ImportPlanner _planner;
    private readonly ImportRowWriter _writer;
    private readonly ImportSecrets _secrets;
    private readonly ImportPasswordHashes _hashes;

    internal ImportSteps(
        MailDatabase database, ImportPlanner planner, ImportRowWriter writer, ImportSecrets secrets, ImportPasswordHashes hashes) =>
        (_database, _planner, _writer, _secrets, _hashes) = (database, planner, writer, secrets, hashes);

    /// <summary>Carries out the next rows and renews the job, or finishes the import.</summary>
    public async Task StepAsync(long id, CancellationToken cancellationToken)
    {
        await using var context = _database.Open();
        if (await context.Imports.SingleOrDefaultAsync(i => i.Id == id && i.State == ImportState.Running, cancellationToken)
            is not { } import) return;
        var actor = await ActorAsync(context, import, cancellationToken);
        var waiting = await NextAsync(context, id, cancellationToken);
        if (waiting.Count == 0) await FinishAsync(import, actor ?? Actor.Panel, cancellationToken);
        else if (actor is null) await RefuseAllAsync(import, cancellationToken);
        else await CarryOutAsync(import, actor, waiting, cancellationToken);
    }

    // Redirects come last, because they may lead to any other row.
    private static async Task<List<ImportRow>> NextAsync(MailContext context, long id, CancellationToken cancellationToken)
    {
        foreach (var state in (ImportRowState[])[ImportRowState.Waiting, ImportRowState.RedirectWaiting])
        {
            var rows = await context.ImportRows.Where(r => r.ImportId == id && r.State == state).OrderBy(r => r.Number).Take(StepSize)
                .ToListAsync(cancellationToken);
            if (rows.Count > 0) return rows;
        }
        return [];
    }

    private async Task CarryOutAsync(Import import, Actor actor, List<ImportRow> waiting, CancellationToken cancellationToken)
    {
        var (opened, lost) = (new List<(ImportRow Kept, ListRow Source)>(), new List<ImportRow>());
        foreach (var kept in waiting)
            if (_secrets.Open(kept.Sealed, import.Id, kept.Number) is { } source) opened.Add((kept, source));
            else lost.Add(kept);
        var scope = new ImportScope(actor, import.DomainId, import.ReplacesPasswords);
        var rows = await _planner.ReadAgainAsync([.. opened.Select(o => o.Source)], scope, cancellationToken);
        var hashed = await _hashes.ReadyAsync([.. opened.Select((o, n) => new RowInWork(o.Kept, rows[n]))], cancellationToken);
        var onServer = await _planner.OnServerAsync([.. rows.Where(r => r.IsCarriedOut)], cancellationToken);
        List<RowInWork> work = [.. hashed, .. lost.Select(l => new RowInWork(l, null))];
        if (await TogetherAsync(import, actor, work, onServer, cancellationToken)) return;
        foreach (var one in work) await AloneAsync(import, actor, one, onServer, cancellationToken);
        await _database.WriteAsync(actor, write => write.EnqueueAsync(JobKind.Import, import.Id), cancellationToken);
    }

    private async Task<bool> TogetherAsync(
        Import import, Actor actor, List<RowInWork> work, IReadOnlySet<Username> onServer, CancellationToken cancellationToken)
    {
        try
        {
            var result = await _database.WriteAsync<Result>(actor, async write =>
            {
                foreach (var one in work)
                {
                    var written = await WriteAsync(write, one, onServer);
                    if (!written.Succeeded) return written;
                }
                await write.EnqueueAsync(JobKind.Import, import.Id);
                return Result.Done;
            }, cancellationToken);
            return result.Succeeded;
        }
        catch (Exception e) when (e is DbUpdateException or NotPermittedException)
        {
            return false;
        }
    }

    private async Task AloneAsync(
        Import import, Actor actor, RowInWork one, IReadOnlySet<Username> onServer, CancellationToken cancellationToken)
    {
        IReadOnlyList<Problem> problems;
        try
        {
            var result = await _database.WriteAsync(actor, write => WriteAsync(write, one, onServer), cancellationToken);
            if (result.Succeeded) return;
            problems = result.Problems;
        }
        catch (NotPermittedException)
        {
            problems = [ImportProblems.NotPermitted];
        }
        catch (DbUpdateException)
        {
            problems = [ImportProblems.Failed];
        }
        await _database.ExecuteWithoutAuditAsync(async context =>
        {
            var kept = await context.ImportRows.SingleAsync(r => r.ImportId == import.Id && r.Number == one.Kept.Number, cancellationToken);
            (kept.State, kept.Problems, kept.DoneAt) = (ImportRowState.Refused, ImportJson.Of(problems), _database.Now);
            return true;
        }, cancellationToken);
    }

    private async Task<Result> WriteAsync(MailWrite write, RowInWork one, IReadOnlySet<Username> onServer)
    {
        if (one.Row is not { } row) return ImportProblems.KeyLost;
        if (row.Problems.Count > 0) return Result.Refused(row.Problems);
        var kept = await write.Context.ImportRows.SingleAsync(r => r.ImportId == one.Kept.ImportId && r.Number == one.Kept.Number);
        // Another worker was quicker: its lease had ended.
        if (kept.State != one.Kept.State) return Result.Done;
        var isRedirect = kept.State == ImportRowState.RedirectWaiting;
        var accountId = kept.AccountId ?? row.Account?.Id;
        if (row.IsCarriedOut)
        {
            var written = isRedirect
                ? await ImportRowWriter.WriteRedirectAsync(write, row, accountId!.Value)
                : await _writer.WriteAsync(write, row, one.Hash, onServer);
            if (!written.Succeeded) return written;
            accountId = written.Value.AccountId;
        }
        kept.AccountId = accountId;
        kept.DoneAt ??= write.Now;
        if (one.Generated is { } password) kept.Password = _secrets.SealPassword(password, kept.ImportId, kept.Number);
        kept.State = row.HasRedirect && !isRedirect ? ImportRowState.RedirectWaiting : ImportRowState.Done;
        if (kept.State == ImportRowState.Done) kept.Sealed = null;
        return Result.Done;
    }

    private Task FinishAsync(Import import, Actor actor, CancellationToken cancellationToken) =>
        _database.WriteAsync(actor, async write =>
        {
            var kept = await write.Context.Imports.SingleAsync(i => i.Id == import.Id, cancellationToken);
            (kept.State, kept.FinishedAt) = (ImportState.Done, write.Now);
            var totals = await ImportTotals.OfAsync(write.Context, import.Id, cancellationToken);
            var rows = write.Context.ImportRows.Where(r => r.ImportId == import.Id && r.Sealed != null);
            await rows.ExecuteUpdateAsync(set => set.SetProperty(r => r.Sealed, (byte[]?)null), cancellationToken);
            write.Record(
                "import.finished", await ImportService.DomainAsync(write.Context, kept), ImportService.SubjectOf(kept),
                after: new { totals.Done, totals.Refused });
        }, cancellationToken);

    // The admin who started it was stopped or deleted.
    private Task RefuseAllAsync(Import import, CancellationToken cancellationToken) =>
        _database.WriteAsync(Actor.Panel, async write =>
        {
            var left = write.Context.ImportRows.Where(r => r.ImportId == import.Id
                && (r.State == ImportRowState.Waiting || r.State == ImportRowState.RedirectWaiting));
            var why = ImportJson.Of([ImportProblems.NotPermitted]);
            await left.ExecuteUpdateAsync(
                set => set.SetProperty(r => r.State, ImportRowState.Refused).SetProperty(r => r.Problems, why), cancellationToken);
            await write.EnqueueAsync(JobKind.Import, import.Id);
        }, cancellationToken);

    // With the rights that they have now; null if they have none any more.
    private async Task<Actor?> ActorAsync(MailContext context, Import import, CancellationToken cancellationToken)
    {
        if (import.AdminId is null) return new(null, import.ActorName, AdminRole.Superuser, import.RemoteAddress, null);
        var admin = await context.Users.SingleOrDefaultAsync(a => a.Id == import.AdminId && a.IsActive, cancellationToken);
        if (admin is null) return null;
        var domains = await context.AdminDomains.Where(d => d.AdminId == admin.Id).Select(d => d.DomainId).ToListAsync(cancellationToken);
        var signedIn = SignedInAdmin.Of(admin, domains, _database.Now);
        return new(admin.Id, signedIn.Name, signedIn.Role, import.RemoteAddress, signedIn.Domains);
    }
}

/// <param name="Row">Null if it cannot be opened any more.</param>
internal sealed record RowInWork(ImportRow Kept, ImportedRow? Row)
{
    /// <summary>The hash of the password that the account gets; null if its password stays.</summary>
    public string? Hash { get; init; }

    /// <summary>The password that was generated for it.</summary>
    public string? Generated { get; init; }
}
