using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Search;
using MailAdmin.Core.Tests.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MailAdmin.Core.Tests.Search;

public sealed class SearchUpgradeTests
{
    private const string Before = "LargeHostIndexes";

    [Fact]
    public async Task A_database_of_the_version_before_is_searched_as_well_and_kept_up_to_date()
    {
        await using var core = await CoreFixture.CreateAsync();
        var domain = await core.AddDomainAsync();
        var account = await core.AddAccountAsync(domain, "gugus.dupont");
        await core.Aliases.CreateAsync(domain.Id, LocalPart.Parse("liste"), [account.Username.Value, "gugus@example.org"], Actor.Panel);
        var texts = await TextsAsync(core);
        Assert.True(texts.Count >= 6);

        await MigrateAsync(core, Before);
        Assert.Equal(texts, await TextsAsync(core));
        await AddAddressAsync(core, account.Id, "entre.deux");
        await MigrateAsync(core, null);

        Assert.Single((await TextsAsync(core)).Except(texts));
        Assert.Equal(["entre.deux"], await HitsAsync(core, "tre.de", SearchKind.Account));
        Assert.Equal(["gugus@example.org"], await HitsAsync(core, "gus@ex", SearchKind.Destination));
        await core.Accounts.DeleteAsync(account.Id, null, forGood: true, Actor.Panel);
        Assert.Empty(await HitsAsync(core, "us.dup", SearchKind.Account));
        await using var context = core.Database.Open();
        await context.Database.ExecuteSqlRawAsync("""INSERT INTO "SearchIndex" ("SearchIndex", rank) VALUES ('integrity-check', 1)""");
    }

    // By SQL: the present model knows columns that the version before has not.
    private static async Task AddAddressAsync(CoreFixture core, long accountId, string localPart)
    {
        await using var context = core.Database.Open();
        await context.Database.ExecuteSqlAsync($"""
            INSERT INTO "Addresses" ("DomainId", "LocalPart", "AccountId", "IsPrimary", "CreatedAt", "Version")
            SELECT "DomainId", {localPart}, "AccountId", 0, "CreatedAt", 0 FROM "Addresses" WHERE "AccountId" = {accountId} AND "IsPrimary"
            """);
    }

    private static async Task<List<string>> HitsAsync(CoreFixture core, string text, SearchKind kind)
    {
        var found = await core.Get<SearchRepository>().FindAsync(SearchText.Of(text)!, null, kind, 10);
        return [.. found.Groups.SelectMany(g => g.Hits).Select(h => h.Text)];
    }

    private static async Task<List<string>> TextsAsync(CoreFixture core)
    {
        await using var context = core.Database.Open();
        var entries = await context.SearchEntries.ToListAsync();
        return [.. entries.Select(e => $"{e.Kind} {e.DomainId} {e.SubjectId} {e.Text}").Order(StringComparer.Ordinal)];
    }

    private static async Task MigrateAsync(CoreFixture core, string? version)
    {
        await using var context = core.Database.Open();
        await context.GetService<IMigrator>().MigrateAsync(version, TestContext.Current.CancellationToken);
    }
}
