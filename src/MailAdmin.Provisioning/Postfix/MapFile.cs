using System.Text;
using MailAdmin.Core.Routing;

namespace MailAdmin.Provisioning.Postfix;

/// <summary>One map of this host, as compiled: asked for its position, changed row by row, or rebuilt.</summary>
internal sealed class MapFile(PostfixMap map, Postmap postmap)
{
    private readonly string _name = map.FileName();

    public PostfixMap Map => map;

    /// <summary>The position in the map, or null when there is none to be trusted.</summary>
    public async Task<MapPosition?> ReadPositionAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(postmap.FileOf(_name) + ".lmdb")) return null;
        var found = await postmap.QueryAsync(_name, [MapPosition.Key], cancellationToken);
        return MapPosition.Parse(found.GetValueOrDefault(MapPosition.Key));
    }

    public Task WritePositionAsync(MapPosition position, CancellationToken cancellationToken) =>
        postmap.UpsertAsync(_name, [position.Line], cancellationToken);

    /// <summary>Adds or replaces rows, in their order; the position is the last, so that a batch cut short is done again.</summary>
    public Task UpsertAsync(IEnumerable<MapEntry> entries, MapPosition? position, CancellationToken cancellationToken) =>
        postmap.UpsertAsync(_name, position is null ? entries.Select(MapLine.Of) : entries.Select(MapLine.Of).Append(position.Line), cancellationToken);

    public Task DeleteAsync(IEnumerable<MapEntry> entries, CancellationToken cancellationToken) =>
        postmap.DeleteAsync(_name, entries.Select(e => e.Key), cancellationToken);

    /// <exception cref="PostmapException">The map does not say what was just written.</exception>
    public async Task VerifyAsync(IReadOnlyCollection<MapEntry> entries, CancellationToken cancellationToken)
    {
        var found = await postmap.QueryAsync(_name, entries.Select(e => e.Key), cancellationToken);
        var wrong = entries.FirstOrDefault(e => found.GetValueOrDefault(e.Key) != e.Value);
        if (wrong is not null) throw new PostmapException($"{_name}: {wrong.Key} reads '{found.GetValueOrDefault(wrong.Key)}' after '{wrong.Value}' was written");
    }

    /// <summary>Writes the whole text and compiles it. The text is only postmap's input: running daemons read the compiled map alone.</summary>
    public async Task RebuildAsync(IAsyncEnumerable<MapEntry> entries, MapPosition position, CancellationToken cancellationToken)
    {
        var text = postmap.FileOf(_name);
        await using (var writer = new StreamWriter(text + ".new", append: false, new UTF8Encoding(false), 1 << 16))
        {
            await foreach (var entry in entries.WithCancellation(cancellationToken)) await writer.WriteAsync(MapLine.Of(entry).Text + "\n");
            await writer.WriteAsync(position.Line.Text + "\n");
        }
        File.Move(text + ".new", text, overwrite: true);
        await postmap.RebuildAsync(_name, cancellationToken);
    }
}
