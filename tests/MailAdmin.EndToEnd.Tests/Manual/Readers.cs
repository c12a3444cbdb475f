namespace MailAdmin.EndToEnd.Tests.Manual;

/// <summary>All chapters are one story and run in their order.</summary>
[CollectionDefinition(nameof(Readers))]
[TestClassOrderer(typeof(FigureOrder))]
public sealed class Readers : ICollectionFixture<Readers>, IAsyncDisposable
{
    private readonly Dictionary<string, Reader> _readers = new(StringComparer.Ordinal);

    internal async Task<Reader> OfAsync(string language) =>
        _readers.TryGetValue(language, out var reader) ? reader : _readers[language] = await Reader.StartAsync(language);

    public async ValueTask DisposeAsync()
    {
        foreach (var reader in _readers.Values) await reader.DisposeAsync();
    }
}
