using FsCheck.Xunit;
using MailAdmin.Testing.Hosts;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Tests.Search;

/// <summary>Whatever happens to a host, the triggers keep the search texts equal to the tables.</summary>
[Properties(Arbitrary = [typeof(HostHistories)], MaxTest = 6, QuietOnSuccess = true)]
public sealed class SearchEntryProperties
{
    [Property]
    public async Task Entries_and_index_never_differ_from_the_tables(HostSteps history)
    {
        await using var core = await CoreFixture.CreateAsync();
        var host = new RandomHost(core);
        foreach (var step in history.Steps) await host.RunAsync(step);

        await using var context = core.Database.Open();
        var model = await HostModel.ReadAsync(context);
        var entries = await context.SearchEntries.ToListAsync();
        Assert.Equal(
            model.SearchTexts().Order(StringComparer.Ordinal), entries.Select(e => $"{e.Kind} {e.DomainId} {e.SubjectId} {e.Text}")
                .Order(StringComparer.Ordinal));
        // FTS5 throws if its index does not match the entries.
        await context.Database.ExecuteSqlRawAsync("""INSERT INTO "SearchIndex" ("SearchIndex", rank) VALUES ('integrity-check', 1)""");
    }
}
