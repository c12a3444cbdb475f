using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Audit;

/// <summary>
/// Reads the whole audit table, however long, and finds edited, deleted, inserted, reordered and cut-off events. If somebody recomputed the
/// whole chain and the head beside the counter, only a head that was noted elsewhere reveals it.
/// </summary>
public sealed class AuditVerifier(MailDatabase database)
{
    private const int BatchSize = 5_000;

    /// <param name="noted">Heads that were noted earlier.</param>
    /// <param name="progress">Receives the number of events read so far.</param>
    public async Task<AuditReport> VerifyAsync(
        IReadOnlyCollection<AuditHead> noted, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        // Read both in one statement: events written afterwards have higher ids and are left for the next run.
        var end = await context.ChangeCounters.Select(
            c => new { Head = new AuditHead(c.AuditId, c.AuditHash), Last = context.AuditEvents.Max(e => (long?)e.Id) })
            .SingleAsync(cancellationToken);
        var chain = new AuditChain(end.Head, noted);
        for (var last = long.MinValue; ;)
        {
            // Read in batches, so that a reader does not block the checkpoints of the database for the whole run.
            var (after, until) = (last, end.Last ?? 0);
            var batch = await context.AuditEvents.Where(e => e.Id > after && e.Id <= until).OrderBy(e => e.Id).Take(BatchSize)
                .ToListAsync(cancellationToken);
            foreach (var item in batch) chain.Add(item);
            progress?.Report(chain.Count);
            if (batch.Count < BatchSize) return chain.Finish();
            last = batch[^1].Id;
        }
    }

    /// <summary>The current end of the chain, for noting it elsewhere; null before the first event.</summary>
    public async Task<AuditHead?> HeadAsync(CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        return await context.ChangeCounters.Where(c => c.AuditId > 0).Select(c => new AuditHead(c.AuditId, c.AuditHash))
            .SingleOrDefaultAsync(cancellationToken);
    }
}
