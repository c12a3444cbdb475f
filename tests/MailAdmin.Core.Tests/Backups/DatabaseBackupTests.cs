using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Audit;
using MailAdmin.Core.Backups;
using MailAdmin.Core.Data;
using MailAdmin.Core.Hosters;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Backups;

public sealed class DatabaseBackupTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_backup_has_what_was_committed_with_counts_and_the_end_of_the_audit()
    {
        await using var core = await CreateAsync();
        await core.AddAccountAsync(await core.AddDomainAsync(), "jean");
        var file = In(core, "backup");

        var manifest = await SaveAsync(core, file);

        Assert.Equal((1, 1, 1), (manifest.Counts.Domains, manifest.Counts.Accounts, manifest.Counts.Addresses));
        Assert.Equal((await core.Get<AuditVerifier>().HeadAsync(Token))!.ToString(), manifest.AuditHead);
        var back = In(core, "back.db");
        await new BackupArchive(file, null).ExtractAsync(new Dictionary<string, string> { [BackupManifest.Database] = back }, Token);
        await using var copy = new DatabaseCopy(core.Get<DatabaseOptions>(), back, In(core, "key"));
        await using var context = copy.Get<MailDatabase>().Open();
        Assert.Equal("exemple0001", (await context.Accounts.SingleAsync(Token)).Username.Value);
    }

    [Fact]
    public async Task Writers_go_on_while_a_backup_is_made_and_it_leaves_nothing_beside_it()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync(max: 1_000);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var made = 0;
        var writing = Task.Run(async () =>
        {
            for (; !over.IsCancellationRequested; made++) await core.AddAccountAsync(domain, $"u{made}");
        }, Token);

        await SaveAsync(core, In(core, "one"));
        var between = made;
        await Eventually.HoldsAsync(() => Assert.True(made > between));
        await over.CancelAsync();
        await writing;

        Assert.Equal(["one"], Directory.GetFiles(Path.GetDirectoryName(core.File)!, "one*").Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_damaged_database_is_not_backed_up()
    {
        await using var core = await CreateAsync();
        await core.AddDomainAsync();
        await using (var context = core.Database.Open())
        {
            await context.Database.OpenConnectionAsync(Token);
            await context.Database.ExecuteSqlRawAsync("PRAGMA foreign_keys = OFF", Token);
            await context.Database.ExecuteSqlRawAsync("UPDATE Domains SET StoreId = 987654", Token);
            await context.Database.ExecuteSqlRawAsync("PRAGMA foreign_keys = ON", Token);
        }

        var refusal = await Assert.ThrowsAsync<BackupException>(() => SaveAsync(core, In(core, "backup")));

        Assert.Contains("Domains", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(core.File)!, "backup*"));
    }

    [Fact]
    public async Task What_must_not_come_back_ends_and_the_maps_are_those_of_another_database()
    {
        await using var core = await CreateAsync();
        var account = await core.AddAccountAsync(await core.AddDomainAsync(), "jean");
        await core.Accounts.DeleteAsync(account.Id, null, forGood: false, Actor.Panel);
        var before = await IdAsync(core);
        var manifest = await SaveAsync(core, In(core, "backup"));
        core.Clock.Advance(TimeSpan.FromDays(Hoster.DefaultUndeleteDays - 1));
        var findings = new RestoreFindings();

        await core.Get<RestoredDatabase>().PrepareAsync(manifest, findings, Actor.Panel);
        core.Clock.Advance(TimeSpan.FromDays(Hoster.DefaultUndeleteDays - 1));
        await core.Accounts.PurgeDueAsync(Token);

        Assert.NotEqual(before, await IdAsync(core));
        Assert.Equal([account.Username.Value], findings.KeptLonger);
        await using var context = core.Database.Open();
        Assert.Equal(AccountState.Deleted, (await context.Accounts.SingleAsync(Token)).State);
        Assert.Equal("database.restored", (await context.AuditEvents.OrderBy(e => e.Id).LastAsync(Token)).Kind);
    }

    [Fact]
    public async Task A_restore_and_a_panel_never_use_the_database_together()
    {
        await using var core = await CreateAsync();
        var provider = core.Get<IDatabaseProvider>();

        using (provider.TryUse())
        {
            using var second = provider.TryUse();
            Assert.NotNull(second);
            Assert.Null(provider.TryUseAlone());
        }
        using (var alone = provider.TryUseAlone())
        {
            Assert.NotNull(alone);
            Assert.Null(provider.TryUse());
        }
        using var again = provider.TryUse();
        Assert.NotNull(again);
    }

    private static Task<BackupManifest> SaveAsync(CoreFixture core, string file) =>
        core.Get<DatabaseBackup>().SaveAsync(file, [], null, "1.0", Token);

    private static async Task<string> IdAsync(CoreFixture core)
    {
        await using var context = core.Database.Open();
        return await context.ChangeCounters.Select(c => c.DatabaseId).SingleAsync(Token);
    }

    private static string In(CoreFixture core, string name) => Path.Combine(Path.GetDirectoryName(core.File)!, name);
}
