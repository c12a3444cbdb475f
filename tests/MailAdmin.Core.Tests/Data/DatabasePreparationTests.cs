using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Data;

public sealed class DatabasePreparationTests
{
    [Fact]
    public async Task A_lock_that_a_killed_migration_left_behind_does_not_block_the_start()
    {
        await using var core = CreateUnprepared();
        await using (var context = core.Database.Open())
        {
            await context.Database.ExecuteSqlRawAsync(
                """CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER PRIMARY KEY, "Timestamp" TEXT NOT NULL)""");
            await context.Database.ExecuteSqlRawAsync(
                """CREATE TABLE "__EFMigrationsHistory" ("MigrationId" TEXT PRIMARY KEY, "ProductVersion" TEXT NOT NULL)""");
            await context.Database.ExecuteSqlRawAsync("""INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-11-25')""");
        }
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));

        await core.Get<DatabasePreparation>().RunAsync(deadline.Token);

        await core.AddDomainAsync();
    }

    [Fact]
    public async Task Map_rows_lie_in_the_order_of_their_keys()
    {
        await using var core = await CreateAsync();
        await using var context = core.Database.Open();

        // Otherwise a rebuild of a large map takes several times as long. EF Core drops the clause when it recreates a changed table.
        Assert.Single(
            await context.Database.SqlQueryRaw<string>(
                "SELECT sql AS Value FROM sqlite_master WHERE name = 'MapEntries' AND sql LIKE '%WITHOUT ROWID%'").ToListAsync());
    }

    [Theory]
    [InlineData("20261125040135_First", "before the first release", "Move the file away")]
    [InlineData("29991231235959_Later", "newer version", "put back the copy")]
    public async Task A_database_of_a_version_that_cannot_be_upgraded_is_refused_with_what_to_do_and_left_as_it_is(
        string migration, string made, string remedy)
    {
        await using var core = await CreateAsync();
        await core.AddDomainAsync();
        await using var context = core.Database.Open();
        await context.Database.ExecuteSqlAsync($"""INSERT INTO "__EFMigrationsHistory" VALUES ({migration}, '10.0.0')""");

        var refused = await Assert.ThrowsAsync<DatabaseVersionException>(() => core.Get<DatabasePreparation>().RunAsync());

        Assert.Contains(made, refused.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, refused.Message, StringComparison.Ordinal);
        Assert.Contains(core.File, refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await context.Domains.CountAsync());
    }

    [Fact]
    public async Task Two_panels_that_start_at_once_on_a_new_file_both_start()
    {
        await using var core = CreateUnprepared();

        await Task.WhenAll(
            Task.Run(() => core.Get<DatabasePreparation>().RunAsync()), Task.Run(() => core.Get<DatabasePreparation>().RunAsync()));

        await core.AddDomainAsync();
    }
}
