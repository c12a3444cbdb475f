using MailAdmin.Core.Data;

namespace MailAdmin.Core.Routing;

/// <summary>Writes the map rows that differ by now from what the model says. Of the model it changes nothing.</summary>
internal sealed class MapPublicationStep : ITransactionStep
{
    // Owners that are read at once: bounds memory on a large domain, and stays below what a database takes as parameters.
    private const int ChunkSize = 500;

    public bool IsPreviewed => true;

    public async Task RunAsync(MailWrite write, CancellationToken token)
    {
        var written = 0;
        // What an account's rows follow from, its addresses' rows follow from too.
        var reader = new MapFactsReader(write.Context);
        foreach (var (owner, ids) in (await write.AffectedOwnersAsync(token)).ByKind)
        {
            foreach (var chunk in ids.Order().Chunk(ChunkSize))
            {
                var rows = await MapProjection.RowsAsync(reader, owner, chunk, token);
                written += await MapEntryWriter.WriteDifferenceAsync(write, owner, chunk, rows, token);
                if (chunk.Length == ChunkSize) reader = new MapFactsReader(write.Context);
            }
        }
        if (written > 0) write.PublishesMaps();
    }
}
