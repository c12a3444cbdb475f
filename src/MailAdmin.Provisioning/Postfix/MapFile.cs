using MailAdmin.Core.Routing;

namespace MailAdmin.Provisioning.Postfix;

/// <summary>One compiled map of this host: its position can be read, its rows changed, and the map rebuilt.</summary>
internal sealed class MapFile(PostfixMap map, Postmap postmap)
{
    private readonly string _name = map.FileName();

    public PostfixMap Map => map;

    /// <summary>The position in the map, or null if there is no trustworthy one.</summary>
    public async Task<MapPosition?> ReadPositionAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(postmap.FileOf(_name) + ".lmdb")) return null;
        var found = await postmap.QueryAsync(_name, [MapPosition.Key], cancellationToken);
        return MapPosition.Parse(found.GetValueOrDefault(MapPosition.Key));
    }

    public Task WritePositionAsync(MapPosition position, CancellationToken cancellationToken) =>
        postmap.UpsertAsync(_name, [position.Line], cancellationToken);

    /// <summary>Adds or replaces rows, in the given order.</summary>
    public Task UpsertAsync(IReadOnlyCollection<MapEntry> entries, CancellationToken cancellationToken) =>
        entries.Count == 0 ? Task.CompletedTask : postmap.UpsertAsync(_name, entries.Select(MapLine.Of), cancellationToken);

    public Task DeleteAsync(IReadOnlyCollection<MapEntry> entries, CancellationToken cancellationToken) =>
        entries.Count == 0 ? Task.CompletedTask : postmap.DeleteAsync(_name, entries.Select(e => e.Key), cancellationToken);

    /// <param name="expected">Keys and their values; null for keys that should be absent.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="PostmapException">The map has another value.</exception>
    public async Task VerifyAsync(IReadOnlyDictionary<string, string?> expected, CancellationToken cancellationToken)
    {
        var found = await postmap.QueryAsync(_name, expected.Keys, cancellationToken);
        foreach (var (key, value) in expected)
        {
            if (found.GetValueOrDefault(key) is var reads && reads != value)
                throw new PostmapException($"{_name}: {key} reads '{reads}' after '{value}' was written");
        }
    }

    /// <summary>
    /// Writes the whole text and compiles it; a missing folder is created. The text is only postmap's input: running daemons read only the
    /// compiled map.
    /// </summary>
    /// <param name="read">Passes every row to its handler.</param>
    /// <param name="position">The position that the rows correspond to; it becomes the last line.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task RebuildAsync(Action<MapRowHandler> read, MapPosition position, CancellationToken cancellationToken)
    {
        var text = postmap.FileOf(_name);
        // Before the first start the folder does not exist.
        Directory.CreateDirectory(Path.GetDirectoryName(text)!);
        using (var writer = new MapText(text + ".new"))
        {
            read((key, value) => writer.Write(map, key, value));
            writer.Write(position.Line);
        }
        File.Move(text + ".new", text, overwrite: true);
        await postmap.RebuildAsync(_name, cancellationToken);
    }
}
