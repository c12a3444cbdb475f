using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Redirects;
using MailAdmin.Core.Results;
using MailAdmin.Core.Routing;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Redirects;

/// <summary>The accounts, redirects and map rows that the tests of redirects need.</summary>
public abstract class RedirectTest
{
    private protected const string First = "exemple0001@store.lab.example";
    private protected const string Second = "exemple0002@store.lab.example";

    private protected static async Task<(MailDomain Domain, Account Account)> WithAccountsAsync(CoreFixture core)
    {
        var domain = await core.AddDomainAsync();
        var account = await core.AddAccountAsync(domain, "gugus.dupont");
        await core.AddAccountAsync(domain, "second");
        return (domain, account);
    }

    private protected static Task<Result<SavedRedirect>> SetAsync(
        CoreFixture core, Account account, bool keepsCopy, params string[] destinations) =>
        core.Redirects.SetAsync(account.Id, new(0, destinations, keepsCopy), Actor.Panel);

    private protected static async Task<Account> AccountAsync(CoreFixture core, string username)
    {
        await using var context = core.Database.Open();
        return await context.Accounts.SingleAsync(a => a.Username == Username.Parse(username));
    }

    private protected static async Task<string?> RowAsync(CoreFixture core, string key) =>
        (await core.MapAsync(PostfixMap.Virtual)).GetValueOrDefault(key);

    private protected static async Task<List<string>> AllAsync(CoreFixture core)
    {
        var all = new List<string>();
        foreach (var map in PostfixMaps.All) all.AddRange((await core.MapAsync(map)).Select(r => $"{map} {r.Key} -> {r.Value}"));
        return [.. all.Order(StringComparer.Ordinal)];
    }
}
