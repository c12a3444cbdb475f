using MailAdmin.Core.Backups;
using MailAdmin.Core.Data;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Backups;

/// <summary>The copy before a migration, and the way back. try-upgrade.sh tries a real migration: this version has only one.</summary>
public sealed class DatabaseUpgradeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Going_back_puts_the_copy_in_place_and_keeps_what_was_written_since()
    {
        await using var core = await CreateAsync();
        await core.AddDomainAsync();
        await SaveAsync(core);
        await core.AddDomainAsync("later.example", "later");
        await BecomeNewerAsync(core);
        var map = await IdAsync(core);

        var (copy, aside) = (await core.Get<DatabaseUpgrade>().UndoAsync(TimeSpan.Zero, Token))!.Value;

        await core.Get<DatabasePreparation>().RunAsync(Token);
        await using var context = core.Database.Open();
        Assert.Equal("exemple.be", (await context.Domains.SingleAsync(Token)).Name.Value);
        Assert.True(File.Exists(Path.Combine(aside, Path.GetFileName(core.File))));
        Assert.False(File.Exists(copy));
        // Maps of the newer database must not pass for newer ones of this database.
        Assert.NotEqual(map, await IdAsync(core));
        Assert.Equal("database.restored", await context.AuditEvents.OrderBy(e => e.Id).Select(e => e.Kind).LastAsync(Token));
    }

    [Fact]
    public async Task A_database_that_this_version_knows_stays_as_it_is()
    {
        await using var core = await CreateAsync();
        await SaveAsync(core);

        Assert.Null(await core.Get<DatabaseUpgrade>().UndoAsync(TimeSpan.Zero, Token));
        Assert.Empty(await core.Get<DatabaseUpgrade>().RehearseAsync(Token));
        Assert.True(File.Exists(core.Get<UpgradeCopies>().Path));
    }

    [Fact]
    public async Task Without_a_copy_for_this_version_nothing_is_changed()
    {
        await using var core = await CreateAsync();
        await BecomeNewerAsync(core);
        await SaveAsync(core);

        var refused = await Assert.ThrowsAsync<BackupException>(() => core.Get<DatabaseUpgrade>().UndoAsync(TimeSpan.Zero, Token));

        Assert.Equal(BackupProblems.NoCopyToGoBackTo(core.File).Code, refused.Problem.Code);
        Assert.True(File.Exists(core.Get<UpgradeCopies>().Path));
    }

    [Fact]
    public async Task It_waits_until_nobody_uses_the_database()
    {
        await using var core = await CreateAsync();
        var use = core.Get<IDatabaseProvider>().TryUse()!;
        var refused = await Assert.ThrowsAsync<BackupException>(() => core.Get<DatabaseUpgrade>().MigrateAsync(TimeSpan.Zero, Token));
        Assert.Equal(BackupProblems.DatabaseInUse(core.File).Code, refused.Problem.Code);

        var migrating = core.Get<DatabaseUpgrade>().MigrateAsync(TimeSpan.FromMinutes(1), Token);
        Assert.False(migrating.IsCompleted);
        use.Dispose();
        await Eventually.HoldsAsync(() =>
        {
            core.Clock.Advance(TimeSpan.FromMilliseconds(20));
            Assert.True(migrating.IsCompleted);
        });

        await migrating;
    }

    [Fact]
    public async Task A_newer_database_is_refused_before_anything_stops()
    {
        await using var core = await CreateAsync();
        await BecomeNewerAsync(core);

        await Assert.ThrowsAsync<DatabaseVersionException>(() => core.Get<DatabaseUpgrade>().RehearseAsync(Token));
    }

    [Fact]
    public async Task The_copy_of_a_migration_that_failed_midway_is_kept()
    {
        await using var core = await CreateAsync();
        await SaveAsync(core);
        await BecomeNewerAsync(core);

        await SaveAsync(core);

        var copies = core.Get<UpgradeCopies>();
        Assert.DoesNotContain("29991231235959_Later", await copies.AppliedAsync(copies.Path, Token));
    }

    [Fact]
    public async Task The_copies_of_the_last_two_upgrades_are_kept_for_the_panel_alone()
    {
        await using var core = await CreateAsync();
        string[] old = [core.File + ".before-0.1.0", core.File + ".before-0.2.0"];
        for (var n = 0; n < old.Length; n++)
        {
            await core.Get<IDatabaseProvider>().CopyToAsync(old[n], Token);
            File.SetLastWriteTimeUtc(old[n], new DateTime(2026, 1, n + 1, 0, 0, 0, DateTimeKind.Utc));
        }

        await SaveAsync(core);

        Assert.Equal([core.Get<UpgradeCopies>().Path, old[1]], core.Get<UpgradeCopies>().All);
        Assert.False(File.Exists(old[0]));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(core.Get<UpgradeCopies>().Path));
    }

    private static async Task SaveAsync(CoreFixture core)
    {
        await using var context = core.Database.Open();
        await core.Get<UpgradeCopies>().SaveAsync(context, Token);
    }

    private static async Task BecomeNewerAsync(CoreFixture core)
    {
        await using var context = core.Database.Open();
        await context.Database.ExecuteSqlAsync($"""INSERT INTO "__EFMigrationsHistory" VALUES ('29991231235959_Later', '10.0.0')""", Token);
    }

    private static async Task<string> IdAsync(CoreFixture core)
    {
        await using var context = core.Database.Open();
        return await context.ChangeCounters.Select(c => c.DatabaseId).SingleAsync(Token);
    }
}
