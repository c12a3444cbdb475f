using System.Diagnostics;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Previews;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_transaction_that_came_to_nothing_observes_no_save_of_the_next_one_in_the_same_context(bool isRefused)
    {
        await using var core = await CreateAsync();
        (MailContext Context, ChangeSet Changes)? first = null;
        var writing = core.Database.WriteAsync<Result>(Actor.Panel, async write =>
        {
            first = (write.Context, write.Changes);
            write.Context.Stores.Add(NewStore("autre"));
            await write.Context.SaveChangesAsync();
            return isRefused ? PreviewProblems.Differs : throw new InvalidOperationException();
        });
        if (isRefused) Assert.False((await writing).Succeeded);
        else await Assert.ThrowsAsync<InvalidOperationException>(() => writing);
        var seen = first!.Value.Changes.All.ToList();
        Assert.IsType<StoreChanged>(Assert.Single(seen));

        await core.Database.ExecuteWithoutAuditAsync(context =>
        {
            Assert.Same(first.Value.Context, context);
            context.Stores.Add(NewStore("tiers"));
            return Task.FromResult(true);
        });

        Assert.Equal(seen, first.Value.Changes.All);
    }

    [Fact]
    public async Task Each_save_of_a_transaction_is_observed_with_what_was_there_before()
    {
        await using var core = await CreateAsync();
        var account = await core.AddAccountAsync(await core.AddDomainAsync(), "gugus.dupont");
        ChangeSet? changes = null;

        await core.Database.WriteAsync(Actor.Panel, async write =>
        {
            changes = write.Changes;
            (await write.Context.Accounts.SingleAsync()).LastLoginAt = write.Now;
            await write.Context.SaveChangesAsync();
            Assert.Empty(changes.All);
            (await write.Context.Accounts.SingleAsync()).State = AccountState.Suspended;
            await write.Context.SaveChangesAsync();
            write.Context.Addresses.Remove(await write.Context.Addresses.SingleAsync());
        });

        Assert.Equal(account.Id, Assert.Single(changes!.Of<AccountChanged>()).Account.Id);
        Assert.Equal(account.Id, Assert.Single(changes!.Of<AddressRemoved>()).PreviousAccountId);
    }

    [Fact]
    public async Task Nothing_that_maps_follow_from_is_saved_past_them()
    {
        await using var core = await CreateAsync();
        await using var context = core.Database.Open();
        context.Stores.Add(NewStore("autre"));
        Assert.Throws<NotSupportedException>(() => context.SaveChanges());
    }

    [Fact]
    public async Task What_the_worker_records_is_no_edit_that_another_admin_hears_of()
    {
        await using var core = await CreateAsync();
        var account = Value(await core.TryAddAccountAsync(await core.AddDomainAsync(), "gugus"));

        await core.ChangeAsync<Account>(account.Id, a => (a.MailboxReady, a.IsFull, a.LastLoginAt) = (true, true, core.Clock.GetUtcNow()));
        Assert.Equal(account.Version, await VersionAsync());
        await core.ChangeAsync<Account>(account.Id, a => (a.IsFull, a.Quota) = (false, new Quota(1)));
        Assert.Equal(account.Version + 1, await VersionAsync());

        async Task<long> VersionAsync()
        {
            await using var context = core.Database.Open();
            return await context.Accounts.Where(a => a.Id == account.Id).Select(a => a.Version).SingleAsync();
        }
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
            write.Context.DomainAliases.Add(
                new DomainAlias { DomainId = domain.Id, Name = DomainName.Parse("exemple.com"), CreatedAt = write.Now });
            return Task.CompletedTask;
        });
        var logins = core.Get<LoginDirectory>();

        Assert.All(
            ["exemple0001", "gugus.dupont@exemple.be", "gugus.dupont@exemple.com"], name =>
            Assert.Equal(account.Id, logins.Find(name)?.AccountId));
        Assert.All(
            ["exemple0002", "autre@exemple.be", "gugus.dupont@voisin.example", "gugus.dupont", ""], name => Assert.Null(logins.Find(name)));
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

        await logins.SaveLastLoginsAsync([(account.Id, MailProtocols.Imap, now)], default);
        await logins.SaveLastLoginsAsync([(account.Id, MailProtocols.Pop3, now.AddMinutes(-1))], default);

        await using var context = core.Database.Open();
        var row = await context.Accounts.SingleAsync();
        Assert.Equal((now, MailProtocols.Imap), (row.LastLoginAt, row.LastLoginService));
    }

    private static MailStore NewStore(string name) => new() { Name = DomainName.Parse($"{name}.lab.example"), NextHop = "unused" };
}
