using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Imports;

/// <summary>A list to be previewed.</summary>
/// <param name="DomainId">The only domain that it may change; null, for superusers, if it may have several.</param>
/// <param name="FileName">Null for pasted lines.</param>
/// <param name="ReplacesPasswords">Passwords and hashes also replace those of existing accounts.</param>
public sealed record NewImport(MailList List, long? DomainId, string? FileName, bool ReplacesPasswords);

/// <summary>Takes lists, starts them, and forgets them (docs/decisions/0050).</summary>
public sealed class ImportService
{
    private static readonly TimeSpan SecretsHold = TimeSpan.FromDays(1);
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(30);

    private readonly MailDatabase _database;
    private readonly ImportPlanner _planner;
    private readonly ImportSecrets _secrets;

    internal ImportService(MailDatabase database, ImportPlanner planner, ImportSecrets secrets) =>
        (_database, _planner, _secrets) = (database, planner, secrets);

    /// <summary>Finds what each row would do and keeps that, sealed, for a day. Nothing else is written.</summary>
    public async Task<Result<Import>> PreviewAsync(NewImport request, Actor actor, CancellationToken cancellationToken = default)
    {
        if (request.DomainId is { } id) actor.Require(Permission.EditMail, id);
        else actor.Require(Permission.EditDomains);
        var rows = await _planner.PlanAsync(
            request.List.Rows, new(actor, request.DomainId, request.ReplacesPasswords), cancellationToken);
        var import = new Import
        {
            AdminId = actor.AdminId,
            ActorName = actor.Name,
            RemoteAddress = actor.RemoteAddress,
            DomainId = request.DomainId,
            FileName = request.FileName,
            Encoding = request.List.Encoding,
            Separator = request.List.Separator?.ToString(),
            IgnoredHeadings = string.Join('\n', request.List.Ignored),
            ReplacesPasswords = request.ReplacesPasswords,
            CreatedAt = _database.Now,
        };
        await _database.ExecuteWithoutAuditAsync(async context =>
        {
            context.Imports.Add(import);
            await context.SaveChangesAsync(cancellationToken);
            context.ImportRows.AddRange(rows.Select((row, n) => RowOf(import.Id, n, row)));
            return true;
        }, cancellationToken);
        return import;
    }

    /// <summary>Starts carrying out the right rows; the worker goes on in steps, also after a restart.</summary>
    public Task<Result<Import>> StartAsync(long id, Actor actor, CancellationToken cancellationToken = default) =>
        _database.WriteAsync<Result<Import>>(actor, async write =>
        {
            if (await OwnAsync(write.Context, id, actor) is not { } import) return ImportProblems.NotFound;
            if (import.State != ImportState.Previewed) return ImportProblems.Over;
            if (!await write.Context.ImportRows.AnyAsync(r => r.ImportId == id && r.State == ImportRowState.Waiting, cancellationToken))
                return ImportProblems.NothingToDo;
            (import.State, import.StartedAt) = (ImportState.Running, write.Now);
            await write.EnqueueAsync(JobKind.Import, id);
            var totals = await ImportTotals.OfAsync(write.Context, id, cancellationToken);
            write.Record("import.started", await DomainAsync(write.Context, import), SubjectOf(import), after: new
            {
                totals.Creates,
                totals.Changes,
                totals.Wrong,
            });
            return import;
        }, cancellationToken);

    /// <summary>Forgets a preview or a finished import; one that is running stays.</summary>
    public Task<Result> DiscardAsync(long id, Actor actor, CancellationToken cancellationToken = default) =>
        _database.ExecuteWithoutAuditAsync<Result>(async context =>
        {
            if (await OwnAsync(context, id, actor) is not { } import) return ImportProblems.NotFound;
            if (import.State == ImportState.Running) return ImportProblems.Over;
            context.Imports.Remove(import);
            return Result.Done;
        }, cancellationToken);

    /// <summary>
    /// Deletes previews that nobody started within a day, passwords that nobody fetched within a day, and imports a month after they ended.
    /// </summary>
    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        var (secrets, all) = (_database.Now - SecretsHold, _database.Now - Remembered);
        await using var context = _database.Open();
        var old = context.Imports.Where(i => i.CreatedAt <= secrets);
        if (!await old.AnyAsync(cancellationToken)) return;
        await _database.ExecuteWithoutAuditAsync(async writing =>
        {
            await writing.Imports.Where(i => (i.State == ImportState.Previewed && i.CreatedAt <= secrets)
                || (i.State == ImportState.Done && i.FinishedAt <= all)).ExecuteDeleteAsync(cancellationToken);
            await writing.ImportRows.Where(r => r.Password != null && r.DoneAt <= secrets)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.Password, (byte[]?)null), cancellationToken);
            return true;
        }, cancellationToken);
    }

    /// <summary>An import belongs to all who may edit its domain; one of several domains to all superusers. Null for others.</summary>
    internal static async Task<Import?> OwnAsync(MailContext context, long id, Actor actor)
    {
        var import = await context.Imports.SingleOrDefaultAsync(i => i.Id == id);
        return import is not null && IsOwn(import, actor) ? import : null;
    }

    internal static bool IsOwn(Import import, Actor actor) => import.DomainId is { } domainId
        ? actor.May(Permission.EditMail) && actor.Sees(domainId) : actor.May(Permission.EditDomains);

    internal static Task<Domains.MailDomain?> DomainAsync(MailContext context, Import import) =>
        context.Domains.SingleOrDefaultAsync(d => d.Id == import.DomainId);

    internal static string SubjectOf(Import import) => import.FileName ?? "-";

    private ImportRow RowOf(long importId, int number, ImportedRow row) => new()
    {
        ImportId = importId,
        Number = number,
        Line = row.Source.Line,
        Subject = row.Subject,
        Kind = row.Kind,
        Action = row.Action,
        State = row.IsCarriedOut ? ImportRowState.Waiting : ImportRowState.Skipped,
        Changes = ImportJson.Of(row.Changes),
        Problems = ImportJson.Of(row.Problems),
        Sealed = row.Action == ImportAction.Unchanged ? null : _secrets.Seal(row.Source, importId, number),
    };
}
