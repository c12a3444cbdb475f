using MailAdmin.Core.Data;
using MailAdmin.Core.Results;
using MailAdmin.Core.Routing;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Drift;

/// <summary>Publishes a map row again: every mail host applies it, without effect on a host that already has it.</summary>
internal static class DriftMaps
{
    public static async Task<Problem?> PublishAsync(MailWrite write, DriftFinding finding)
    {
        var map = finding.Map!.Value;
        var row = await write.Context.MapEntries.SingleOrDefaultAsync(e => e.Map == map && e.Key == finding.Subject);
        // A row without a value means that the key is to be absent.
        if (row is null) write.Context.MapEntries.Add(row = new MapEntry { Map = map, Key = finding.Subject, Owner = MapOwner.Store });
        row.Sequence = write.Change.Id;
        write.PublishesMaps();
        write.Record("drift.repaired", null, finding.Subject, new { finding.Found }, new { Wanted = row.Value });
        return null;
    }
}
