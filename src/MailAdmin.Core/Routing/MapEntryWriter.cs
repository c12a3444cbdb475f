using System.Data.Common;
using MailAdmin.Core.Data;
using MailAdmin.Core.Previews;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace MailAdmin.Core.Routing;

/// <summary>
/// Writes only the rows that differ. One prepared statement runs for each row: the change tracker would take 20 times as long for a large
/// domain, and multi-row statements, which are built and parsed each time, several times as long.
/// </summary>
internal static class MapEntryWriter
{
    // The key may exist already, without a value, left behind by a former owner; the new owner takes it over.
    private const string Upsert = """
        INSERT INTO "MapEntries" ("Map", "Key", "Value", "Sequence", "Owner", "OwnerId") VALUES (@map, @key, @value, @sequence, @owner, @ownerId)
        ON CONFLICT ("Map", "Key") DO UPDATE SET "Value" = excluded."Value", "Sequence" = excluded."Sequence",
        "Owner" = excluded."Owner", "OwnerId" = excluded."OwnerId"
        """;

    private static readonly Func<MailContext, MapOwner, long[], IAsyncEnumerable<MapEntry>> RowsOf = CompiledQuery.Create(
        (MailContext context, MapOwner owner, long[] ownerIds) =>
        context.MapEntries.AsNoTracking().Where(e => e.Owner == owner && ownerIds.Contains(e.OwnerId)));

    /// <returns>How many rows were written.</returns>
    public static async Task<int> WriteDifferenceAsync(
        MailWrite write, MapOwner owner, long[] ownerIds, IReadOnlyList<MapRow> wanted, CancellationToken cancellationToken)
    {
        var (context, sequence) = (write.Context, write.Change.Id);
        var present = await RowsOf(context, owner, ownerIds).ToListAsync(cancellationToken);
        var byKey = present.ToDictionary(e => (e.Map, e.Key));
        var wantedKeys = wanted.Select(r => (r.Map, r.Key)).ToHashSet();
        var changed = new List<MapEntry>();
        foreach (var row in wanted)
        {
            var same = byKey.GetValueOrDefault((row.Map, row.Key));
            if (same is not null && same.Value == row.Value && same.OwnerId == row.OwnerId) continue;
            changed.Add(
                new() { Map = row.Map, Key = row.Key, Value = row.Value, Sequence = sequence, Owner = row.Owner, OwnerId = row.OwnerId });
            write.MapChanges?.Add(new(row.Map, row.Key, same?.Value, row.Value, row.Owner, row.OwnerId));
        }
        foreach (var entry in present.Where(e => e.Value is not null && !wantedKeys.Contains((e.Map, e.Key))))
        {
            write.MapChanges?.Add(new(entry.Map, entry.Key, entry.Value, null, entry.Owner, entry.OwnerId));
            (entry.Value, entry.Sequence) = (null, sequence);
            changed.Add(entry);
        }
        if (changed.Count > 0) await WriteAsync(context, changed, cancellationToken);
        return changed.Count;
    }

    private static async Task WriteAsync(MailContext context, List<MapEntry> rows, CancellationToken cancellationToken)
    {
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.Transaction = context.Database.CurrentTransaction!.GetDbTransaction();
        command.CommandText = Upsert;
        var (map, key, value) = (Add(command, "@map"), Add(command, "@key"), Add(command, "@value"));
        var (sequence, owner, ownerId) = (Add(command, "@sequence"), Add(command, "@owner"), Add(command, "@ownerId"));
        // Insert in the table's own order: neighbouring keys lie on one page.
        foreach (var row in rows.OrderBy(r => r.Map).ThenBy(r => r.Key, StringComparer.Ordinal))
        {
            (map.Value, key.Value, value.Value) = ((long)row.Map, row.Key, (object?)row.Value ?? DBNull.Value);
            (sequence.Value, owner.Value, ownerId.Value) = (row.Sequence, (long)row.Owner, row.OwnerId);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static DbParameter Add(DbCommand command, string name)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        command.Parameters.Add(parameter);
        return parameter;
    }
}
