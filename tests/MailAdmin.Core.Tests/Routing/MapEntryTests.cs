using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Routing;

/// <summary>Which rows a change writes.</summary>
public sealed class MapEntryTests
{
    [Fact]
    public async Task A_removed_key_stays_as_a_row_without_value_with_its_own_sequence()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var alias = await core.AddAliasAsync(domain, "gugus", "support@example.org");
        await using var context = core.Database.Open();
        var before = await context.MapEntries.SingleAsync(e => e.Key == "gugus@exemple.be", TestContext.Current.CancellationToken);

        Value(await core.Aliases.DeleteAsync(alias.Id, Actor.Panel));

        var after = await context.MapEntries.SingleAsync(e => e.Key == "gugus@exemple.be", TestContext.Current.CancellationToken);
        Assert.Null(after.Value);
        Assert.True(after.Sequence > before.Sequence);
    }

    [Fact]
    public async Task A_change_writes_only_the_rows_that_differ()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync();
        var account = await core.AddAccountAsync(domain, "gugus.dupont");
        await using var context = core.Database.Open();
        var before = await context.MapEntries.OrderBy(e => e.Key).Select(e => e.Sequence)
            .ToListAsync(TestContext.Current.CancellationToken);

        Value(await core.Accounts.ChangePasswordAsync(account.Id, "Negen7Paarden!", "Negen7Paarden!", Actor.Panel));
        await core.ChangeAsync<MailDomain>(domain.Id, d => d.DefaultQuota = new Quota(1));

        Assert.Equal(
            before, await context.MapEntries.OrderBy(e => e.Key).Select(e => e.Sequence)
                .ToListAsync(TestContext.Current.CancellationToken));
    }
}
