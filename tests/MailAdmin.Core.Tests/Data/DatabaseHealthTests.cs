using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Tests.Data;

public sealed class DatabaseHealthTests
{
    [Fact]
    public async Task A_whole_database_has_no_faults()
    {
        await using var core = await CoreFixture.CreateAsync();

        Assert.Empty(await core.Get<DatabaseHealth>().FaultsAsync(default));
        Assert.Empty(await core.Get<DatabasePreparation>().PendingAsync());
    }

    [Fact]
    public async Task A_row_that_points_nowhere_is_told_with_its_table()
    {
        await using var core = await CoreFixture.CreateAsync();
        await core.AddDomainAsync();
        await using (var context = core.Database.Open())
        {
            await context.Database.OpenConnectionAsync();
            await context.Database.ExecuteSqlRawAsync("PRAGMA foreign_keys = OFF");
            await context.Database.ExecuteSqlRawAsync("UPDATE Domains SET StoreId = 987654");
            await context.Database.ExecuteSqlRawAsync("PRAGMA foreign_keys = ON");
        }

        var fault = Assert.Single(await core.Get<DatabaseHealth>().FaultsAsync(default));

        Assert.StartsWith("Domains ", fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_migration_that_is_missing_is_pending()
    {
        await using var core = await CoreFixture.CreateAsync();
        await using (var context = core.Database.Open())
            await context.Database.ExecuteSqlRawAsync(
                "DELETE FROM __EFMigrationsHistory WHERE MigrationId = (SELECT max(MigrationId) FROM __EFMigrationsHistory)");

        Assert.Single(await core.Get<DatabasePreparation>().PendingAsync());
    }
}
