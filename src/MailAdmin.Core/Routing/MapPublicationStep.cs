using MailAdmin.Core.Data;

namespace MailAdmin.Core.Routing;

/// <summary>Writes the map rows that differ from the model. It does not change the model.</summary>
internal sealed class MapPublicationStep : ITransactionStep
{
    // The number of owners that are read together: bounds memory on a large domain, and stays below a database's limit of parameters.
    private const int ChunkSize = 500;

    public bool IsPreviewed => true;

    public async Task RunAsync(MailWrite write, CancellationToken cancellationToken)
    {
        var written = 0;
        // One reader for all kinds: the rows of an account and those of its addresses depend on the same facts.
        var reader = new MapFactsReader(write.Context);
        foreach (var (owner, ids) in (await write.AffectedOwnersAsync(cancellationToken)).ByKind)
        {
            foreach (var chunk in ids.Order().Chunk(ChunkSize))
            {
                var rows = await MapProjection.RowsAsync(reader, owner, chunk, cancellationToken);
                written += await MapEntryWriter.WriteDifferenceAsync(write, owner, chunk, rows, cancellationToken);
                if (chunk.Length == ChunkSize) reader = new MapFactsReader(write.Context);
            }
        }
        if (written > 0) write.PublishesMaps();
    }
}
