using MailAdmin.Core.Backups;
using MailAdmin.Core.Data;
using MailAdmin.Web.Commands;
using MailAdmin.Web.Commands.Upgrades;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Tests.Hosting;
using MailAdmin.Web.Tests.Shared;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Web.Tests.Commands;

[Speaks("en")]
public sealed class UpgradeCommandTests : IDisposable
{
    private const string Newer =
        """INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('29991231000000_Later', '99')""";

    private readonly PanelApplication _panel = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _panel.Dispose();

    [Fact]
    public async Task The_database_of_this_version_is_left_alone_while_the_panel_runs()
    {
        await _panel.AddDomainAsync();

        var result = (await _panel.RunAsync("upgrade")).Ends(0);

        Said.In(UpgradeTexts.NothingToDo, result.Output, _panel.Get<DatabaseOptions>().File);
        Assert.Empty((await _panel.RunAsync("upgrade", "--json")).Ends(0).Json["migrations"]!.AsArray());
    }

    [Fact]
    public async Task Going_back_needs_the_database_alone()
    {
        await _panel.AddDomainAsync();

        Said.In(
            ProblemTexts.BackupDatabaseInUse, (await _panel.RunAsync("upgrade", "--undo")).Ends(1).Error,
            _panel.Get<DatabaseOptions>().File);
    }

    [Fact]
    public async Task A_newer_database_is_refused_with_the_way_back_which_works()
    {
        var (settings, database) = await ElsewhereAsync();
        await using (var elsewhere = Open(database))
        {
            await using var context = elsewhere.Get<MailDatabase>().Open();
            await elsewhere.Get<UpgradeCopies>().SaveAsync(context, Token);
            await context.Database.ExecuteSqlRawAsync(Newer, Token);
        }

        var refused = (await MailAdminCommand.RunAsync("en_GB.UTF-8", "upgrade", "--settings", settings)).Ends(3);
        Assert.Contains("mailadmin upgrade --undo", refused.Error, StringComparison.Ordinal);
        var undone = (await MailAdminCommand.RunAsync("en_GB.UTF-8", "upgrade", "--undo", "--json", "--settings", settings)).Ends(0).Json;

        Assert.True(File.Exists(Path.Combine((string)undone["aside"]!, Path.GetFileName(database))));
        (await MailAdminCommand.RunAsync("en_GB.UTF-8", "audit", "verify", "--settings", settings)).Ends(0);
    }

    [Fact]
    public async Task No_command_uses_a_database_that_is_being_replaced()
    {
        var (settings, database) = await ElsewhereAsync();
        await using var elsewhere = Open(database);
        using var alone = elsewhere.Get<IDatabaseProvider>().TryKeepCommandsAway();

        var away = (await MailAdminCommand.RunAsync("en_GB.UTF-8", "tokens", "--settings", settings)).Ends(3);

        Said.In(CommandTexts.DatabaseAway, away.Error, database);
    }

    [Fact]
    public async Task An_upgrade_is_refused_while_a_command_uses_the_database()
    {
        var (settings, database) = await ElsewhereAsync();
        await using var elsewhere = Open(database);
        using var command = elsewhere.Get<IDatabaseProvider>().TryUseInCommand();

        var refused = (await MailAdminCommand.RunAsync("en_GB.UTF-8", "upgrade", "--settings", settings)).Ends(1);

        Said.In(ProblemTexts.BackupCommandUsesDatabase, refused.Error, database);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080", "http://127.0.0.1:8080/health")]
    [InlineData("http://*:8081;http://10.0.0.1:80", "http://127.0.0.1:8081/health")]
    [InlineData("http://[::]:8080", "http://127.0.0.1:8080/health")]
    [InlineData("http://localhost:5000/", "http://localhost:5000/health")]
    public void Health_is_asked_where_the_panel_listens(string urls, string expected) =>
        Assert.Equal(expected, HealthCommand.AddressOf(urls).ToString());

    [Fact]
    public async Task A_panel_that_does_not_answer_is_reported()
    {
        using var file = new SettingsFile().Beside("Urls", $"http://127.0.0.1:{LoopbackPort.Free()}").Save();

        var asked = (await MailAdminCommand.RunAsync("C.UTF-8", "health", "--json", "--settings", file.Path)).Ends(1).Json;

        Assert.False((bool)asked["healthy"]!);
    }

    // Another panel's database beside the test's, which nobody uses.
    private async Task<(string Settings, string Database)> ElsewhereAsync()
    {
        var settings = _panel.SettingsFile("elsewhere.db");
        (await MailAdminCommand.RunAsync("en_GB.UTF-8", "setup-link", "--settings", settings)).Ends(0);
        return (settings, Path.Combine(Path.GetDirectoryName(_panel.Get<DatabaseOptions>().File)!, "elsewhere.db"));
    }

    private DatabaseCopy Open(string database) => new(_panel.Get<DatabaseOptions>(), database, Path.ChangeExtension(database, ".key"));
}
