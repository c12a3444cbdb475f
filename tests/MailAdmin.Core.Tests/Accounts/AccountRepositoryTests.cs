using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Accounts;

public sealed class AccountRepositoryTests
{
    [Theory] // C129
    [InlineData("a_b", "a_b")]
    [InlineData("_", "a_b")]
    [InlineData("%", "")]
    [InlineData("\\", "")]
    [InlineData("'", "o'neil")]
    [InlineData("r&d", "r&d")]
    [InlineData("A_B", "a_b")]
    [InlineData("exemple0003", "o'neil")]
    [InlineData("vente", "a_b")]
    [InlineData("ventes@exemple.be", "a_b")]
    [InlineData("ventes@exem", "a_b")]
    [InlineData("ente@exemple.be", "")]
    [InlineData("ventes@autre.example", "")]
    [InlineData("@exemple.be", "a_b axb o'neil r&d")]
    public async Task A_search_takes_its_text_literally_and_looks_at_each_address(string text, string found)
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        foreach (var name in (string[])["a_b", "axb", "o'neil", "r&d"]) await core.TryAddAccountAsync(domain, name);
        var first = (await ListAsync(core, domain, new(0, 1))).Rows[0];
        Value(await core.Get<AccountAddressService>().AddAsync(first.Id, LocalPart.Parse("ventes"), Actor.Panel));

        var page = await ListAsync(core, domain, new(0, 10, Search: text));

        Assert.Equal(found, string.Join(' ', page.Rows.Select(r => r.Addresses[0].Value)));
        Assert.Equal(page.Rows.Count, page.Total);
    }

    [Theory] // C133
    [InlineData(AccountSort.Created, false, "c a d b")]
    [InlineData(AccountSort.Address, false, "a b c d")]
    [InlineData(AccountSort.Address, true, "d c b a")]
    [InlineData(AccountSort.Username, true, "b d a c")]
    [InlineData(AccountSort.LastLogin, false, "c d b a")]
    [InlineData(AccountSort.LastLogin, true, "a b c d")]
    [InlineData(AccountSort.Quota, false, "a c d b")]
    [InlineData(AccountSort.State, true, "d c a b")]
    public async Task The_order_is_that_of_all_rows_with_the_oldest_first_among_equals(AccountSort sort, bool descending, string order)
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        foreach (var name in (string[])["c", "a", "d", "b"])
            await core.TryAddAccountAsync(domain, name, new Quota(name == "a" ? 1 : name == "b" ? 9 : 5));
        var (a, b, d) = (await IdAsync("a"), await IdAsync("b"), await IdAsync("d"));
        await core.ChangeAsync<Account>(a, x => x.LastLoginAt = core.Clock.GetUtcNow());
        await core.ChangeAsync<Account>(b, x => x.LastLoginAt = core.Clock.GetUtcNow().AddDays(-1));
        await core.ChangeAsync<Account>(d, x => x.State = AccountState.Suspended);

        List<string> seen = [];
        for (var first = 0; first < 4; first += 2)
            seen.AddRange((await ListAsync(core, domain, new(first, 2, sort, descending))).Rows.Select(r => r.Addresses[0].Value));

        Assert.Equal(order, string.Join(' ', seen));

        async Task<long> IdAsync(string part) => (await ListAsync(core, domain, new(0, 10, Search: part + "@"))).Rows.Single().Id;
    }

    [Fact]
    public async Task Numbers_of_five_digits_come_after_those_of_four()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var late = await core.AddAccountAsync(domain, "late");
        await core.AddAccountAsync(domain, "early");
        await core.ChangeAsync<Account>(late.Id, x => x.Username = Username.Parse("exemple10000"));

        Assert.Equal(
            ["exemple0002", "exemple10000"],
            (await ListAsync(core, domain, new(0, 10, AccountSort.Username))).Rows.Select(r => r.Username.Value));
    }

    private static Task<Page<AccountRow>> ListAsync(CoreFixture core, MailDomain domain, ListRequest<AccountSort> request) =>
        core.Get<AccountRepository>().ListAsync(domain, request);
}
