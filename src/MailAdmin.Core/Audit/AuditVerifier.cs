using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Audit;

/// <summary>
/// Reads the whole audit table, however long, and finds what was edited, deleted, inserted, reordered or cut off in it. What was put right
/// again along the whole chain and beside the counter is found by a head that was noted elsewhere, and by that alone.
/// </summary>
public sealed class AuditVerifier(MailDatabase database)
{
    private const int BatchSize = 5_000;

    /// <param name="noted">Heads that were noted earlier.</param>
    /// <param name="progress">Hears how many events have been read.</param>
    public async Task<AuditReport> VerifyAsync(
        IReadOnlyCollection<AuditHead> noted, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        // Both in one statement: what is written meanwhile comes behind them, and is for the next time.
        var end = await context.ChangeCounters.Select(
            c => new { Head = new AuditHead(c.AuditId, c.AuditHash), Last = context.AuditEvents.Max(e => (long?)e.Id) })
            .SingleAsync(cancellationToken);
        var chain = new AuditChain(end.Head, noted);
        for (var last = long.MinValue; ;)
        {
            // In pieces, so that no reader holds up the database's housekeeping for as long as this takes.
            var (after, until) = (last, end.Last ?? 0);
            var batch = await context.AuditEvents.Where(e => e.Id > after && e.Id <= until).OrderBy(e => e.Id).Take(BatchSize)
                .ToListAsync(cancellationToken);
            foreach (var item in batch) chain.Add(item);
            progress?.Report(chain.Count);
            if (batch.Count < BatchSize) return chain.Finish();
            last = batch[^1].Id;
        }
    }

    /// <summary>The end of the chain now, to be noted elsewhere; null before the first event.</summary>
    public async Task<AuditHead?> HeadAsync(CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        return await context.ChangeCounters.Where(c => c.AuditId > 0).Select(c => new AuditHead(c.AuditId, c.AuditHash))
            .SingleOrDefaultAsync(cancellationToken);
    }
}
