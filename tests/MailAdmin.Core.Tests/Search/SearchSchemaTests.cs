using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Search;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Tests.Search;

public sealed class SearchSchemaTests
{
    [Theory]
    [InlineData("UPDATE \"ChangeCounters\" SET \"SearchSchema\" = 0")]
    // A migration that recreates a table also removes its triggers.
    [InlineData("DROP TRIGGER \"Search_Addresses_Changed\"")]
    public async Task The_next_start_makes_an_older_or_damaged_schema_anew_with_all_that_it_missed(string damage)
    {
        await using var core = await CoreFixture.CreateAsync();
        var domain = await core.AddDomainAsync();
        var account = await core.AddAccountAsync(domain, "gugus.dupont");
        await core.Aliases.CreateAsync(domain.Id, LocalPart.Parse("liste"), [account.Username.Value, "gugus@example.org"], Actor.Panel);
        await using var context = core.Database.Open();
        Assert.True(await core.Get<IDatabaseProvider>().HasSearchSchemaAsync(context, default));
        await context.Database.ExecuteSqlRawAsync(damage);
        Assert.False(await core.Get<IDatabaseProvider>().HasSearchSchemaAsync(context, default));
        await context.Database.ExecuteSqlRawAsync("""UPDATE "Addresses" SET "LocalPart" = 'entre.deux' WHERE "AccountId" IS NOT NULL""");

        await core.Get<DatabasePreparation>().RunAsync();

        Assert.Equal(["entre.deux"], await HitsAsync(core, "tre.de", SearchKind.Account));
        Assert.Equal(["gugus@example.org"], await HitsAsync(core, "gus@ex", SearchKind.Destination));
        Assert.Empty(await HitsAsync(core, "us.dup", SearchKind.Account));
        await core.Accounts.DeleteAsync(account.Id, null, forGood: true, Actor.Panel);
        Assert.Empty(await HitsAsync(core, "tre.de", SearchKind.Account));
        await context.Database.ExecuteSqlRawAsync("""INSERT INTO "SearchIndex" ("SearchIndex", rank) VALUES ('integrity-check', 1)""");
    }

    private static async Task<List<string>> HitsAsync(CoreFixture core, string text, SearchKind kind)
    {
        var found = await core.Get<SearchRepository>().FindAsync(SearchText.Of(text)!, null, kind, 10);
        return [.. found.Groups.SelectMany(g => g.Hits).Select(h => h.Text)];
    }
}
