using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Imports;

/// <summary>
/// Finds what each row of a list would do: it compares the rows with what exists, and carries out those that differ in one transaction
/// that is rolled back, so that the services' own rules decide what is wrong (docs/decisions/0050).
/// </summary>
internal sealed class ImportPlanner(MailDatabase database, ImportRowWriter writer, FreeNames freeNames)
{
    /// <returns>The rows in the order in which they are carried out.</returns>
    public async Task<IReadOnlyList<ImportedRow>> PlanAsync(
        IReadOnlyList<ListRow> list, ImportScope scope, CancellationToken cancellationToken)
    {
        var domains = await DomainsAsync(scope, cancellationToken);
        var rows = Read(list, domains, scope);
        await CompareAsync(rows, scope, whole: true, cancellationToken);
        var ordered = ImportOrder.Of(rows);
        foreach (var row in ordered.Where(r => r.Problems.Count > 0)) row.Action = ImportAction.Wrong;
        var changing = ordered.Where(r => r.IsCarriedOut).ToList();
        if (changing.Count == 0) return ordered;
        var onServer = await OnServerAsync(changing, cancellationToken);
        await database.TryOutAsync(scope.Actor, write => TryAsync(write, changing, onServer), cancellationToken);
        return ordered;
    }

    /// <summary>Understands rows of a list that was planned before, and compares them with what exists now.</summary>
    public async Task<IReadOnlyList<ImportedRow>> ReadAgainAsync(
        IReadOnlyList<ListRow> list, ImportScope scope, CancellationToken cancellationToken)
    {
        var rows = Read(list, await DomainsAsync(scope, cancellationToken), scope);
        await CompareAsync(rows, scope, whole: false, cancellationToken);
        return rows;
    }

    /// <summary>Usernames that these rows may get but that have a mailbox on the server already.</summary>
    public async Task<IReadOnlySet<Username>> OnServerAsync(IReadOnlyList<ImportedRow> rows, CancellationToken cancellationToken)
    {
        var taken = new HashSet<Username>();
        foreach (var domain in rows.Where(r => r is { Kind: ImportKind.Account, Account: null }).GroupBy(r => r.Domain!))
        {
            var wanted = domain.Select(r => WantedName(r)).ToList();
            var chosen = wanted.OfType<Username>().ToList();
            taken.UnionWith(await freeNames.TakenAsync(domain.Key, chosen, wanted.Count - chosen.Count, cancellationToken));
        }
        return taken;
    }

    private static Username? WantedName(ImportedRow row) =>
        row.Username ?? (row.Domain!.NamingScheme == NamingScheme.LocalPartAndDomain
            && Username.TryParse(AccountRules.NameOf(row.LocalPart!, row.Domain), out var name) ? name : null);

    private async Task<Dictionary<DomainName, MailDomain>> DomainsAsync(ImportScope scope, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        var domains = context.Domains.Where(d => d.State != DomainState.Deleting);
        if (scope.DomainId is { } only) domains = domains.Where(d => d.Id == only);
        var found = await domains.ToListAsync(cancellationToken);
        return found.Where(d => scope.Actor.Sees(d.Id)).ToDictionary(d => d.Name);
    }

    private static List<ImportedRow> Read(IReadOnlyList<ListRow> list, Dictionary<DomainName, MailDomain> domains, ImportScope scope)
    {
        var reader = new ImportedRowReader(domains, scope.DomainId is null ? null : domains.Values.Single());
        return [.. list.Select(reader.Read)];
    }

    private async Task CompareAsync(List<ImportedRow> rows, ImportScope scope, bool whole, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        var ids = rows.Select(r => r.Domain?.Id).OfType<long>().Distinct().ToList();
        var snapshot = await ImportSnapshot.ReadAsync(context, ids, whole ? null : rows, cancellationToken);
        var differences = new ImportDifferences(snapshot, scope.Actor, scope.ReplacesPasswords);
        // Judging a password takes some tenths of a millisecond.
        Parallel.ForEach(rows, differences.Find);
    }

    private async Task TryAsync(MailWrite write, List<ImportedRow> rows, IReadOnlySet<Username> onServer)
    {
        // Each row has its own.
        write.Context.Database.AutoSavepointsEnabled = false;
        var accounts = new Dictionary<ImportedRow, long>();
        foreach (var row in rows)
        {
            var written = await TryOneAsync(write, row, () => writer.WriteAsync(write, row, HashFor(row), onServer));
            if (written?.AccountId is { } id) accounts[row] = id;
        }
        foreach (var (row, id) in accounts.Where(a => a.Key.HasRedirect))
            await TryOneAsync(write, row, () => ImportRowWriter.WriteRedirectAsync(write, row, id));
    }

    // Which hash is tried makes no difference, and nothing is committed.
    private static string? HashFor(ImportedRow row) =>
        row.Account is null || row.Changed(ListColumn.Password) || row.Changed(ListColumn.Hash) ? "" : null;

    // What a refused row wrote before it was refused is taken back, and nothing is kept in memory.
    private static async Task<RowWritten?> TryOneAsync(MailWrite write, ImportedRow row, Func<Task<Result<RowWritten>>> work)
    {
        const string savepoint = "row";
        var transaction = write.Context.Database.CurrentTransaction!;
        await transaction.CreateSavepointAsync(savepoint);
        var result = await work();
        // What is created is saved already, except its job, which no other row needs.
        if (result.Succeeded && row.Action == ImportAction.Change) await write.Context.SaveChangesAsync();
        if (!result.Succeeded)
        {
            await transaction.RollbackToSavepointAsync(savepoint);
            row.Problems.AddRange(result.Problems);
            row.Action = ImportAction.Wrong;
        }
        await transaction.ReleaseSavepointAsync(savepoint);
        write.Context.ChangeTracker.Clear();
        return result.Succeeded ? result.Value : null;
    }
}

/// <param name="DomainId">The only domain; null for all that the actor may change.</param>
internal sealed record ImportScope(Actor Actor, long? DomainId, bool ReplacesPasswords);
