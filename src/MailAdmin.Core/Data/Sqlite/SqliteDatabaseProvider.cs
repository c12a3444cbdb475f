using MailAdmin.Core.Routing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Core.Data.Sqlite;

/// <summary>A database in a file of this machine.</summary>
/// <param name="file">Its path; the folder is created if it does not exist.</param>
internal sealed class SqliteDatabaseProvider(string file) : IDatabaseProvider
{
    // SQLite's primary result codes: https://sqlite.org/rescode.html
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Full = 13;
    private const int CantOpen = 14;

    private readonly SqliteFiles _files = new(file);

    public string Location => file;

    public bool Exists => File.Exists(file);

    public void AddContext(IServiceCollection services)
    {
        services.AddPooledDbContextFactory<SqliteMailContext>(builder => SqliteMailContext.Configure(builder, file));
        services.AddSingleton<Func<MailContext>>(
            provider => provider.GetRequiredService<IDbContextFactory<SqliteMailContext>>().CreateDbContext);
    }

    public IWriteGate CreateWriteGate(TimeProvider clock) => new SqliteWriteGate(clock);

    public DatabaseFailure? FailureOf(Exception? exception) => exception switch
    {
        null => null,
        SqliteException { SqliteErrorCode: Busy or Locked } => DatabaseFailure.Busy,
        SqliteException { SqliteErrorCode: ReadOnly or InputOutput or Full or CantOpen } => DatabaseFailure.Unwritable,
        _ => FailureOf(exception.InnerException),
    };

    public void ProtectFiles() => _files.Protect();

    public async Task<IAsyncDisposable> LockForPreparationAsync(CancellationToken cancellationToken) =>
        await _files.LockAsync(cancellationToken);

    public async Task MigrateAsync(MailContext context, CancellationToken cancellationToken)
    {
        if (!Exists) await _files.CreateAsync(context, cancellationToken);
        if (!(await context.Database.GetPendingMigrationsAsync(cancellationToken)).Any()) return;
        // The row of EF Core's own lock survives a kill -9 and then blocks every later start forever. The preparation lock replaces it.
        await context.Database.ExecuteSqlRawAsync("""DROP TABLE IF EXISTS "__EFMigrationsLock" """, cancellationToken);
        await context.Database.MigrateAsync(cancellationToken);
    }

    public Task<bool> HasSearchSchemaAsync(MailContext context, CancellationToken cancellationToken) =>
        SqliteSearchSchema.IsCurrentAsync(context, cancellationToken);

    public Task CreateSearchSchemaAsync(MailContext context, CancellationToken cancellationToken) =>
        SqliteSearchSchema.CreateAsync(context, cancellationToken);

    public Task<IReadOnlyList<string>> FaultsAsync(MailContext context, int most) => SqliteChecks.FaultsAsync(context, most);

    public void ReadMap(MailContext context, PostfixMap map, MapRowHandler take, CancellationToken cancellationToken) =>
        SqliteMapReader.Read(context, map, take, cancellationToken);

    public Task CopyToAsync(string path, CancellationToken cancellationToken) =>
        Task.Run(() => _files.CopyTo(path), cancellationToken);

    public IDisposable? TryUse() => _files.TryUse(SqliteFiles.UseSuffix, alone: false);

    public IDisposable? TryUseAlone() => _files.TryUse(SqliteFiles.UseSuffix, alone: true);

    public IDisposable? TryUseInCommand() => _files.TryUse(SqliteFiles.CommandSuffix, alone: false);

    public IDisposable? TryKeepCommandsAway() => _files.TryUse(SqliteFiles.CommandSuffix, alone: true);

    public void CloseConnections() => SqliteConnection.ClearAllPools();

    public void Replace(string copy, string aside) => _files.Replace(copy, aside);
}
