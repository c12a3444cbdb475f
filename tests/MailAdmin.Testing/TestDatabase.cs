using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;

namespace MailAdmin.Testing;

/// <summary>
/// A database of its own for one test. Fixtures know nothing else of where it is, so another database takes another class here.
/// </summary>
public abstract class TestDatabase : IAsyncDisposable
{
    /// <summary>When the database was prepared; a test's clock begins here.</summary>
    public static DateTimeOffset PreparedAt { get; } = new(2026, 11, 25, 9, 0, 0, TimeSpan.Zero);

    public static TestDatabase Create() => new SqliteTestDatabase();

    /// <summary>What the services need to use this database.</summary>
    /// <param name="host">The mail host that the maps are for.</param>
    public abstract DatabaseOptions OptionsFor(MailHostNames host);

    /// <summary>Makes it what a first start of the panel leaves, faster than by preparing it.</summary>
    public abstract Task FillAsync();

    /// <summary>Remembers the content, for <see cref="RestoreAsync"/>.</summary>
    public abstract Task KeepAsync();

    /// <summary>Puts back what <see cref="KeepAsync"/> has remembered, also while services use the database.</summary>
    public abstract Task RestoreAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>The options of any test: only the place differs.</summary>
    protected static DatabaseOptions Options(string file, MailHostNames host) => new()
    {
        File = file,
        StoreName = DomainName.Parse("store.lab.example"),
        StoreNextHop = "store:unix:/lmtp",
        Host = host,
    };
}
