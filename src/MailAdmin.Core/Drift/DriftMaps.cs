using MailAdmin.Core.Data;
using MailAdmin.Core.Results;
using MailAdmin.Core.Routing;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Drift;

/// <summary>Publishes a row of a map once more: every mail host applies it, one that has it already without effect.</summary>
internal static class DriftMaps
{
    public static async Task<Problem?> PublishAsync(MailWrite write, DriftFinding finding)
    {
        var map = finding.Map!.Value;
        var row = await write.Context.MapEntries.SingleOrDefaultAsync(e => e.Map == map && e.Key == finding.Subject);
        // A key without a value is one that is to be absent.
        if (row is null) write.Context.MapEntries.Add(row = new MapEntry { Map = map, Key = finding.Subject, Owner = MapOwner.Store });
        row.Sequence = write.Change.Id;
        write.PublishesMaps();
        write.Record("drift.repaired", null, finding.Subject, new { finding.Found }, new { Wanted = row.Value });
        return null;
    }
}
