using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Passwords;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace MailAdmin.Testing;

/// <summary>A file in a folder of its own. Migrating takes longer than most tests, so it is done once and the file is copied.</summary>
internal sealed class SqliteTestDatabase : TestDatabase
{
    private static readonly Lazy<Task<byte[]>> Prepared = new(PrepareAsync);

    private readonly string _folder = Directory.CreateTempSubdirectory("mailadmin-core-").FullName;

    private SqliteConnection? _kept;

    private string File => Path.Combine(_folder, "mailadmin.db");

    public override DatabaseOptions OptionsFor(MailHostNames host) => Options(File, host);

    public override async Task FillAsync() => await System.IO.File.WriteAllBytesAsync(File, await Prepared.Value);

    public override async Task KeepAsync()
    {
        _kept = new SqliteConnection("Data Source=:memory:");
        await _kept.OpenAsync();
        await using var own = await OpenAsync();
        own.BackupDatabase(_kept);
    }

    public override async Task RestoreAsync()
    {
        await using var own = await OpenAsync();
        _kept!.BackupDatabase(own);
    }

    public override async ValueTask DisposeAsync()
    {
        if (_kept is not null) await _kept.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<SqliteConnection> OpenAsync()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<byte[]> PrepareAsync()
    {
        await using var original = new SqliteTestDatabase();
        await using var services = new ServiceCollection().AddSingleton<TimeProvider>(new FakeTimeProvider(PreparedAt))
            .AddMailAdminCore(original.OptionsFor(MailHostNames.None), new PasswordOptions { Cost = 4 }).BuildServiceProvider();
        await services.GetRequiredService<DatabasePreparation>().RunAsync();
        // The copy is one file, whatever is still in the write-ahead log.
        var copy = original.File + ".copy";
        await services.GetRequiredService<IDatabaseProvider>().CopyToAsync(copy, CancellationToken.None);
        return await System.IO.File.ReadAllBytesAsync(copy);
    }
}
