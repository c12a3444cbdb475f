using System.Diagnostics;
using MailAdmin.Core.Takeovers;
using MailAdmin.Provisioning.Takeovers;
using MySqlConnector;
using Npgsql;

namespace MailAdmin.Testing.Servers;

/// <summary>MariaDB or PostgreSQL of Debian's packages, on a socket in a folder of its own and without any network.</summary>
public sealed class PrivateDatabaseServer : IAsyncDisposable
{
    private readonly SourceKind _kind;
    private readonly string _folder = Directory.CreateTempSubdirectory("mailadmin-source-").FullName;
    private Process? _server;

    private PrivateDatabaseServer(SourceKind kind) => _kind = kind;

    public string ConnectionString => _kind == SourceKind.MySql
        ? $"Server={_folder}/sock;Protocol=unix;User ID=root;Database=mail;Pooling=false"
        : $"Host={_folder};Username=postgres;Database=postgres;Pooling=false";

    public static async Task<PrivateDatabaseServer> StartAsync(SourceKind kind)
    {
        Needs.Root();
        var server = new PrivateDatabaseServer(kind);
        if (kind == SourceKind.MySql) await server.StartMariaDbAsync();
        else await server.StartPostgreSqlAsync();
        return server;
    }

    /// <summary>Runs statements that are separated by semicolons.</summary>
    public async Task RunAsync(string statements)
    {
        await using System.Data.Common.DbConnection connection = _kind == SourceKind.MySql
            ? new MySqlConnection(ConnectionString) : new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = statements;
        await command.ExecuteNonQueryAsync();
    }

    public Task<T> ReadAsync<T>(Func<SourceDatabase, Task<T>> read) =>
        SourceConnections.ReadAsync(_kind, ConnectionString, read, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_server is { } server)
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
            server.Dispose();
        }
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartMariaDbAsync()
    {
        await Needs.InstalledAsync("/usr/sbin/mariadbd", "mariadb-server");
        await RunToEndAsync("/usr/bin/chown", "mysql:", _folder);
        await RunToEndAsync(
            "/usr/bin/mariadb-install-db", "--no-defaults", "--user=mysql", $"--datadir={_folder}/data", "--skip-test-db",
            "--auth-root-authentication-method=socket");
        _server = Start(
            "/usr/sbin/mariadbd", "--no-defaults", "--user=mysql", $"--datadir={_folder}/data", $"--socket={_folder}/sock",
            "--skip-networking", $"--pid-file={_folder}/pid");
        var database = ConnectionString.Replace("Database=mail;", "", StringComparison.Ordinal);
        await UntilItAnswersAsync(async () =>
        {
            await using var connection = new MySqlConnection(database);
            await connection.OpenAsync();
            await using var command = new MySqlCommand("CREATE DATABASE IF NOT EXISTS mail", connection);
            await command.ExecuteNonQueryAsync();
        });
    }

    private async Task StartPostgreSqlAsync()
    {
        await Needs.InstalledAsync("/usr/bin/pg_lsclusters", "postgresql");
        // Each Debian has one version; whoever has several gets the newest.
        var programs = Directory.GetDirectories("/usr/lib/postgresql").Max(StringComparer.Ordinal) + "/bin";
        await RunToEndAsync("/usr/bin/chown", "postgres:", _folder);
        string[] asPostgres = ["--reuid=postgres", "--regid=postgres", "--clear-groups", "--"];
        await RunToEndAsync("/usr/bin/setpriv", [.. asPostgres, $"{programs}/initdb", "-D", $"{_folder}/data", "-A", "trust", "--no-sync"]);
        _server = Start("/usr/bin/setpriv", [.. asPostgres, $"{programs}/postgres", "-D", $"{_folder}/data", "-k", _folder, "-h", ""]);
        await UntilItAnswersAsync(async () =>
        {
            await using var connection = new NpgsqlConnection(ConnectionString);
            await connection.OpenAsync();
        });
    }

    private static async Task UntilItAnswersAsync(Func<Task> ask)
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await ask();
                return;
            }
            catch (System.Data.Common.DbException) when (since.Elapsed < TimeSpan.FromSeconds(30))
            {
                await Task.Delay(50);
            }
        }
    }

    private static async Task RunToEndAsync(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    private static Process Start(string program, params string[] arguments)
    {
        var process = new Process
        {
            StartInfo = new(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
                WorkingDirectory = "/",
            },
        };
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
