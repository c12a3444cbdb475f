using MailAdmin.Core.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Core.Data;

/// <summary>
/// What differs from one database to another. Everything else is LINQ over <see cref="MailContext"/>, or SQL that every supported database
/// understands. A database is a folder beside this file with its provider, its context and its migrations, and a line in
/// <see cref="DatabaseProviders"/> (docs/decisions/0035).
/// </summary>
public interface IDatabaseProvider
{
    /// <summary>Where the database is, as people know it: a path, or a host and a name. It never contains a password.</summary>
    string Location { get; }

    /// <summary>Whether the database exists. Looking does not create it.</summary>
    bool Exists { get; }

    /// <summary>Registers a pool of contexts: <c>Func&lt;MailContext&gt;</c> takes one, and disposing the context returns it.</summary>
    void AddContext(IServiceCollection services);

    /// <summary>The gate for all writers of this process.</summary>
    IWriteGate CreateWriteGate(TimeProvider clock);

    /// <summary>The database failure behind an exception, also among its inner exceptions; null if it has another cause.</summary>
    DatabaseFailure? FailureOf(Exception? exception);

    /// <summary>Makes sure, at each start, that nobody else can read the database's files.</summary>
    void ProtectFiles();

    /// <summary>
    /// Waits until no other process prepares this database. The lock ends with its process, however that ends.
    /// </summary>
    Task<IAsyncDisposable> LockForPreparationAsync(CancellationToken cancellationToken);

    /// <summary>Creates a missing database, and applies the migrations that it lacks. The caller holds the preparation lock.</summary>
    Task MigrateAsync(MailContext context, CancellationToken cancellationToken);

    /// <summary>Whether the search schema exists in this version's form.</summary>
    Task<bool> HasSearchSchemaAsync(MailContext context, CancellationToken cancellationToken);

    /// <summary>Recreates the search schema with all its entries, in one transaction.</summary>
    Task CreateSearchSchemaAsync(MailContext context, CancellationToken cancellationToken);

    /// <summary>
    /// The database's own messages about damage and dangling foreign keys; empty if it is intact. It may read everything, and may block its
    /// thread meanwhile.
    /// </summary>
    /// <param name="context">An unused context.</param>
    /// <param name="most">The number of messages after which the check ends.</param>
    Task<IReadOnlyList<string>> FaultsAsync(MailContext context, int most);

    /// <summary>
    /// Passes every row of a map that has a value to <paramref name="take"/>, in octet order of the keys and in UTF-8; fast enough for a
    /// million rows.
    /// </summary>
    void ReadMap(MailContext context, PostfixMap map, MapRowHandler take, CancellationToken cancellationToken);

    /// <summary>Copies the committed state of one moment into a new file that only this user can read; writers go on meanwhile.</summary>
    /// <param name="path">A file that does not exist yet. It exists afterwards only if the copy is whole.</param>
    /// <param name="cancellationToken">Cancels the copy before it begins.</param>
    /// <exception cref="IOException">The file exists already.</exception>
    /// <exception cref="System.Data.Common.DbException">The database cannot be read, or the copy cannot be written.</exception>
    Task CopyToAsync(string path, CancellationToken cancellationToken);

    /// <summary>Tells other processes, until it is disposed or this process ends, that the database is in use.</summary>
    /// <returns>Null while a restore has the database for itself.</returns>
    IDisposable? TryUse();

    /// <summary>Keeps the panel and the login service from starting until it is disposed.</summary>
    /// <returns>Null while one of them uses the database.</returns>
    IDisposable? TryUseAlone();

    /// <summary>As <see cref="TryUse"/>, for a command, which ends by itself.</summary>
    /// <returns>Null while a restore or an upgrade keeps commands away.</returns>
    IDisposable? TryUseInCommand();

    /// <summary>Keeps commands from beginning until it is disposed. The panel and the login service are not concerned.</summary>
    /// <returns>Null while a command uses the database.</returns>
    IDisposable? TryKeepCommandsAway();

    /// <summary>Closes this process' idle connections, so that the database is whole without the files beside it.</summary>
    void CloseConnections();

    /// <summary>Puts a copy that <see cref="CopyToAsync"/> made into the database's place. The caller has it for itself.</summary>
    /// <param name="copy">The copy, on the same disk; it is moved.</param>
    /// <param name="aside">An existing folder, which gets what was in the place.</param>
    void Replace(string copy, string aside);
}
