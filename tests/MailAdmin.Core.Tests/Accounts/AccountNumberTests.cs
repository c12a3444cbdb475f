using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Accounts;

/// <summary>Usernames are the prefix and a number that is never given twice.</summary>
public sealed class AccountNumberTests
{
    [Fact]
    public async Task The_first_account_of_the_manual_is_exemple0001()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();

        var account = Value(await core.TryAddAccountAsync(domain, "gugus.dupont"));

        Assert.Equal("exemple0001", account.Username.Value);
        Assert.Equal(25_000, account.Quota!.Value.KiB);
    }

    // C001
    [Fact]
    public async Task Digits_at_the_end_of_a_prefix_do_not_count_as_number()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync("shop.example", "shop24");

        var names = new[] { await core.AddAccountAsync(domain, "a"), await core.AddAccountAsync(domain, "b") }.Select(
            a => a.Username.Value);

        Assert.Equal(["shop240001", "shop240002"], names);
    }

    [Fact]
    public async Task Forty_creations_at_once_with_room_for_ten_make_ten_with_ten_numbers()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync(max: 10);

        var results = await Task.WhenAll(Enumerable.Range(1, 40).Select(n => Task.Run(() => core.TryAddAccountAsync(domain, $"user{n}"))));

        var made = results.Where(r => r.Succeeded).Select(r => r.Value!.Username.Value).Order().ToList();
        Assert.Equal(Enumerable.Range(1, 10).Select(n => $"exemple{n:0000}"), made);
        Assert.All(results.Where(r => !r.Succeeded), r => RefusedWith("DomainAccountsFull", null, r));
        await using var context = core.Database.Open();
        Assert.Equal(10, (await context.Domains.SingleAsync(d => d.Id == domain.Id, TestContext.Current.CancellationToken)).AccountCount);
    }

    [Fact]
    public async Task A_username_is_never_used_twice_even_after_its_account_is_gone_for_good()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync("libre.example", "libre", change: d => d with { NamingScheme = NamingScheme.Free });
        var request = new NewAccount(domain.Id, LocalPart.Parse("lea"), new Quota(1), GoodPassword, GoodPassword, Username.Parse("lea"));
        var first = Value(await core.Accounts.CreateAsync(request, Actor.Panel));
        Value(await core.Accounts.DeleteAsync(first.Id, first.Version, forGood: true, Actor.Panel));

        var second = await core.Accounts.CreateAsync(request, Actor.Panel);

        // The username stays taken while the mailbox waits to be deleted in Cyrus, and for good afterwards.
        Assert.Contains(second.Problems, p => p is { Code: "UsernameTaken", Field: "Username" });
    }

    [Fact]
    public async Task Numbers_of_deleted_accounts_are_not_given_again()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var first = await core.AddAccountAsync(domain, "a");
        Value(await core.Accounts.DeleteAsync(first.Id, first.Version, forGood: true, Actor.Panel));

        Assert.Equal("exemple0002", Value(await core.TryAddAccountAsync(domain, "a")).Username.Value);
    }

    [Fact]
    public async Task A_number_whose_name_another_prefix_has_used_is_skipped()
    {
        await using var core = await CreateAsync();
        var short_ = await core.AddDomainAsync("a.example", "shop");
        var long_ = await core.AddDomainAsync("b.example", "shop1");
        await core.AddAccountAsync(long_, "a");
        await core.Database.WriteAsync(Actor.Panel, write => write.Context.Domains.Where(d => d.Id == short_.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.NextNumber, 10_001)));

        Assert.Equal("shop10002", Value(await core.TryAddAccountAsync(short_, "a")).Username.Value);
    }

    [Fact]
    public async Task A_refused_creation_takes_no_number_no_place_and_no_quota()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        await core.AddAliasAsync(domain, "gugus");

        RefusedWith("AddressTakenByAlias", "Address", await core.TryAddAccountAsync(domain, "gugus"));
        RefusedWith("PasswordTooShort", "Password", await core.TryAddAccountAsync(domain, "autre", password: "a1"));

        await using var context = core.Database.Open();
        var after = await context.Domains.SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal((1, 0, 0), (after.NextNumber, after.AccountCount, after.AllocatedKiB));
        Assert.False(await context.Jobs.AnyAsync(TestContext.Current.CancellationToken));
    }

    [Fact] // A15
    public async Task A_username_that_is_one_of_Cyrus_administrators_is_given_to_nobody()
    {
        await using var core = await CreateAsync();
        var free = await core.AddDomainAsync("libre.example", "libre", change: d => d with { NamingScheme = NamingScheme.Free });
        var chosen = await core.Accounts.CreateAsync(
            new NewAccount(free.Id, LocalPart.Parse("info"), new Quota(1), GoodPassword, GoodPassword, Username.Parse("imapadmin")),
            Actor.Panel);
        RefusedWith("UsernameReserved", "Username", chosen);

        var numbered = await core.AddDomainAsync("backup.example", "backup");
        foreach (var name in (string[])["a1", "a2", "a3"]) Value(await core.TryAddAccountAsync(numbered, name));
        await using var context = core.Database.Open();
        var usernames = await context.Accounts.Select(a => a.Username).ToListAsync();
        Assert.Equal(["backup0001", "backup0003", "backup0004"], usernames.Select(u => u.Value).Order(StringComparer.Ordinal));
    }
}
