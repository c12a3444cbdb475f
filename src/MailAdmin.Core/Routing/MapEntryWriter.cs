using System.Globalization;
using System.Text;
using MailAdmin.Core.Data;
using MailAdmin.Core.Previews;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Routing;

/// <summary>Writes only the rows that differ. The change tracker would take 20 times as long for a large domain, hence statements.</summary>
internal static class MapEntryWriter
{
    private const int RowsPerStatement = 100;

    /// <returns>How many rows were written.</returns>
    public static async Task<int> WriteDifferenceAsync(
        MailWrite write, MapOwner owner, IReadOnlyList<long> ownerIds, IReadOnlyList<MapRow> wanted, CancellationToken token)
    {
        var (context, sequence) = (write.Context, write.Change.Id);
        var present = await context.MapEntries.AsNoTracking().Where(e => e.Owner == owner && ownerIds.Contains(e.OwnerId)).ToListAsync(token);
        var byKey = present.ToDictionary(e => (e.Map, e.Key));
        var wantedKeys = wanted.Select(r => (r.Map, r.Key)).ToHashSet();
        var changed = new List<MapEntry>();
        foreach (var row in wanted)
        {
            var same = byKey.GetValueOrDefault((row.Map, row.Key));
            if (same is not null && same.Value == row.Value && same.OwnerId == row.OwnerId) continue;
            changed.Add(new() { Map = row.Map, Key = row.Key, Value = row.Value, Sequence = sequence, Owner = row.Owner, OwnerId = row.OwnerId });
            write.MapChanges?.Add(new(row.Map, row.Key, same?.Value, row.Value, row.Owner, row.OwnerId));
        }
        foreach (var entry in present.Where(e => e.Value is not null && !wantedKeys.Contains((e.Map, e.Key))))
        {
            write.MapChanges?.Add(new(entry.Map, entry.Key, entry.Value, null, entry.Owner, entry.OwnerId));
            (entry.Value, entry.Sequence) = (null, sequence);
            changed.Add(entry);
        }
        foreach (var chunk in changed.Chunk(RowsPerStatement)) await UpsertAsync(context, chunk, token);
        return changed.Count;
    }

    // A key may stand already, without value, as what a former owner left behind; the new owner takes it over.
    private static async Task UpsertAsync(MailContext context, MapEntry[] rows, CancellationToken token)
    {
        var sql = new StringBuilder("""INSERT INTO "MapEntries" ("Map", "Key", "Value", "Sequence", "Owner", "OwnerId") VALUES """);
        var values = new List<object?>(rows.Length * 6);
        foreach (var row in rows)
        {
            var places = Enumerable.Range(values.Count, 6).Select(i => string.Create(CultureInfo.InvariantCulture, $"{{{i}}}"));
            sql.Append(values.Count == 0 ? "(" : ", (").AppendJoin(", ", places).Append(')');
            values.AddRange([(int)row.Map, row.Key, row.Value, row.Sequence, (int)row.Owner, row.OwnerId]);
        }
        sql.Append("""
             ON CONFLICT ("Map", "Key") DO UPDATE SET "Value" = excluded."Value", "Sequence" = excluded."Sequence",
             "Owner" = excluded."Owner", "OwnerId" = excluded."OwnerId"
            """);
        await context.Database.ExecuteSqlRawAsync(sql.ToString(), values!, token);
    }
}
