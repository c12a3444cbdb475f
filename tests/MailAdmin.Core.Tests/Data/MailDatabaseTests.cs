using System.Diagnostics;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Core.Tests.Data.CoreFixture;

namespace MailAdmin.Core.Tests.Data;

public sealed class MailDatabaseTests
{
    [Fact]
    public async Task What_throws_inside_a_write_leaves_nothing_behind_and_does_not_block_the_next()
    {
        await using var core = await CreateAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => core.Database.WriteAsync(Actor.Panel, write =>
        {
            write.Record("test", null, "nothing");
            throw new InvalidOperationException("on purpose");
        }));

        await core.AddDomainAsync();

        await using var context = core.Database.Open();
        Assert.False(await context.AuditEvents.AnyAsync(e => e.Kind == "test"));
    }

    [Fact]
    public async Task Fifty_writers_at_once_all_succeed_and_changes_are_numbered_without_a_gap()
    {
        await using var core = await CreateAsync();
        await using var context = core.Database.Open();
        var before = (await context.ChangeCounters.SingleAsync()).Last;

        await Task.WhenAll(Enumerable.Range(1, 50).Select(n => Task.Run(() => core.AddDomainAsync($"d{n}.example", $"d{n}"))));

        var ids = await context.Changes.Where(c => c.Id > before).OrderBy(c => c.Id).Select(c => c.Id).ToListAsync();
        Assert.Equal(Enumerable.Range(1, 50).Select(n => before + n), ids);
    }

    [Fact]
    public async Task A_lock_that_a_killed_migration_left_behind_does_not_block_the_start()
    {
        await using var core = CreateUnprepared();
        await using (var context = core.Database.Open())
        {
            await context.Database.ExecuteSqlRawAsync("""CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER PRIMARY KEY, "Timestamp" TEXT NOT NULL)""");
            await context.Database.ExecuteSqlRawAsync("""CREATE TABLE "__EFMigrationsHistory" ("MigrationId" TEXT PRIMARY KEY, "ProductVersion" TEXT NOT NULL)""");
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

        // Else a rebuild of a large map takes several times as long; what EF Core makes of a changed table has forgotten it.
        Assert.Single(await context.Database.SqlQueryRaw<string>("SELECT sql AS Value FROM sqlite_master WHERE name = 'MapEntries' AND sql LIKE '%WITHOUT ROWID%'").ToListAsync());
    }

    [Theory]
    [InlineData("20261125040135_First", "before the first release", "Move the file away")]
    [InlineData("29991231235959_Later", "newer version", "put back the copy")]
    public async Task A_database_of_a_version_that_cannot_be_upgraded_is_refused_with_what_to_do_and_left_as_it_is(string migration, string made, string remedy)
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

        await Task.WhenAll(Task.Run(() => core.Get<DatabasePreparation>().RunAsync()), Task.Run(() => core.Get<DatabasePreparation>().RunAsync()));

        await core.AddDomainAsync();
    }

    [Fact]
    public async Task Reading_goes_on_while_somebody_writes()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var (inside, leave) = (new TaskCompletionSource(), new TaskCompletionSource());
        var writing = core.Database.WriteAsync(Actor.Panel, async _ =>
        {
            inside.SetResult();
            await leave.Task;
        });
        await inside.Task;

        var clock = Stopwatch.StartNew();
        var page = await core.Get<AccountRepository>().ListAsync(domain, new(0, 10));
        Assert.Equal(0, page.Total);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5));
        leave.SetResult();
        await writing;
    }

    [Fact]
    public async Task Logins_are_looked_up_by_username_and_by_address_on_every_name_of_the_domain()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var account = await core.AddAccountAsync(domain, "gugus.dupont");
        await core.Database.WriteAsync(Actor.Panel, write =>
        {
            write.Context.DomainAliases.Add(new DomainAlias { DomainId = domain.Id, Name = DomainName.Parse("exemple.com"), CreatedAt = write.Now });
            return Task.CompletedTask;
        });
        var logins = core.Get<LoginDirectory>();

        Assert.All(["exemple0001", "gugus.dupont@exemple.be", "gugus.dupont@exemple.com"], name => Assert.Equal(account.Id, logins.Find(name)?.AccountId));
        Assert.All(["exemple0002", "autre@exemple.be", "gugus.dupont@voisin.example", "gugus.dupont", ""], name => Assert.Null(logins.Find(name)));
        Assert.True(logins.Find("exemple0001")!.MayLogin);
    }

    [Fact]
    public async Task A_suspended_account_and_a_suspended_domain_let_nobody_in()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var account = await core.AddAccountAsync(domain, "gugus.dupont");
        var logins = core.Get<LoginDirectory>();

        await core.ChangeAsync<Account>(account.Id, a => a.State = AccountState.Suspended);
        Assert.False(logins.Find("exemple0001")!.MayLogin);
        await core.ChangeAsync<Account>(account.Id, a => a.State = AccountState.Active);
        await core.ChangeAsync<MailDomain>(domain.Id, d => d.State = DomainState.Suspended);
        Assert.False(logins.Find("exemple0001")!.MayLogin);
    }

    [Fact]
    public async Task An_older_sign_in_never_replaces_a_newer_one()
    {
        await using var core = await CreateAsync();
        var account = await core.AddAccountAsync(await core.AddDomainAsync(), "gugus.dupont");
        var (logins, now) = (core.Get<LoginDirectory>(), core.Clock.GetUtcNow());

        await logins.NoteAsync([(account.Id, MailServices.Imap, now)], default);
        await logins.NoteAsync([(account.Id, MailServices.Pop3, now.AddMinutes(-1))], default);

        await using var context = core.Database.Open();
        var row = await context.Accounts.SingleAsync();
        Assert.Equal((now, MailServices.Imap), (row.LastLoginAt, row.LastLoginService));
    }
}
