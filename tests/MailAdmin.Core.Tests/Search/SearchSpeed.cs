using System.Diagnostics;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Search;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Tests.Search;

/// <summary>
/// How long a search takes on a host of 1,000 domains and 100,000 accounts, and what keeping the index costs a write. Run by hand:
/// <c>dotnet test --project tests/MailAdmin.Core.Tests -- --filter-class "*SearchSpeed" --explicit on --show-live-output on</c>
/// </summary>
public sealed class SearchSpeed(ITestOutputHelper output)
{
    private const int Rounds = 21;

    [Fact(Explicit = true)]
    public async Task Milliseconds_a_search()
    {
        await using var core = await CoreFixture.CreateAsync();
        await FillAsync(core);
        await using var context = core.Database.Open();
        output.WriteLine(
            $"{await context.SearchEntries.CountAsync(TestContext.Current.CancellationToken)} entries, {new FileInfo(core.File).Length / 1_000_000} MB");
        var search = core.Get<SearchRepository>();
        var few = Enumerable.Range(1, 10).Select(n => (long)n).ToHashSet();
        var many = Enumerable.Range(1, 300).Select(n => (long)n).ToHashSet();
        foreach (
            var typed in (
                string[])["dupont", "c500x0099", "500x0099", "000", "person7.name7@kunde7.example", "name7@kun", "a", "_", "e",
                "nobody-there", "mple", "kunde", "00@exam", "été", "kunde500"])
        {
            foreach (var (who, visible) in new (string, IReadOnlySet<long>?)[] { ("all", null), ("10", few), ("300", many) })
                output.WriteLine($"{typed,-30} {who,-4} {await TimeAsync(search, typed, visible)}");
        }
    }

    [Fact(Explicit = true)]
    public async Task Milliseconds_a_write()
    {
        await using var core = await CoreFixture.CreateAsync();
        await FillAsync(core);
        var domain = await core.AddDomainAsync(max: null);
        await AddAsync(core, domain, 0, 40);
        var with = new List<double>();
        var without = new List<double>();
        var triggers = await TriggersAsync(core);
        for (var round = 1; round <= 5; round++)
        {
            with.Add(await AddAsync(core, domain, round * 1_000, 40));
            await using var context = core.Database.Open();
            var drop = string.Concat(triggers.Select(t => $"DROP TRIGGER \"{t.Name}\";"));
            await context.Database.ExecuteSqlRawAsync(drop, TestContext.Current.CancellationToken);
            without.Add(await AddAsync(core, domain, (round * 1_000) + 500, 40));
            foreach (var (_, sql) in triggers) await context.Database.ExecuteSqlRawAsync(sql, TestContext.Current.CancellationToken);
        }
        output.WriteLine($"an alias with one destination: {with.Min():0.00} ms with the index, {without.Min():0.00} ms without");
    }

    private static async Task<string> TimeAsync(SearchRepository search, string typed, IReadOnlySet<long>? visible)
    {
        var times = new List<double>();
        var found = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var clock = Stopwatch.GetTimestamp();
            found = (await search.FindAsync(SearchText.Of(typed)!, visible, null, 10)).Groups.Sum(g => g.Hits.Count);
            times.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
        }
        times.Sort();
        return $"fastest {times[0],6:0.0} ms, median {times[Rounds / 2],6:0.0} ms, slowest {times[^1],6:0.0} ms, {found} hits";
    }

    private static async Task<double> AddAsync(CoreFixture core, MailDomain domain, int from, int count)
    {
        var clock = Stopwatch.GetTimestamp();
        for (var n = 0; n < count; n++) await core.AddAliasAsync(domain, $"alias{from + n}", $"person{from + n}.name@example.org");
        return Stopwatch.GetElapsedTime(clock).TotalMilliseconds / count;
    }

    private static async Task<List<(string Name, string Sql)>> TriggersAsync(CoreFixture core)
    {
        await using var context = core.Database.Open();
        var rows = await context.Database.SqlQueryRaw<string>(
            "SELECT name || '|' || sql AS Value FROM sqlite_master WHERE type = 'trigger'").ToListAsync();
        return [.. rows.Select(r => (r[..r.IndexOf('|', StringComparison.Ordinal)], r[(r.IndexOf('|', StringComparison.Ordinal) + 1)..]))];
    }

    // 1,000 domains with 100 accounts and 20 aliases with two destinations each. They are written directly into the tables, because adding
    // them one by one would take minutes.
    private static Task<int> FillAsync(CoreFixture core) =>
        core.Database.ExecuteWithoutAuditAsync(context => context.Database.ExecuteSqlRawAsync("""
        CREATE TEMP TABLE n AS WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 1000) SELECT i FROM c;
        INSERT INTO "Domains" ("Id", "Name", "Prefix", "NamingScheme", "Folders", "State", "Routing", "StoreId", "AllowsCatchAll", "AllowsExternalDestinations", "CreatedAt", "Version", "NextNumber", "AccountCount", "AllocatedKiB")
        SELECT i, 'kunde' || i || '.example', 'c' || i || 'x', 0, '[]', 0, 0, 1, 1, 1, 0, 1, 101, 100, 0 FROM n;
        INSERT INTO "Accounts" ("Id", "DomainId", "Username", "PasswordHash", "PasswordChangedAt", "Services", "State", "HoldsMail", "MailboxReady", "IsFull", "LastLoginService", "CreatedAt", "Version")
        SELECT d.i * 1000 + a.i, d.i, 'c' || d.i || 'x' || printf('%04d', a.i), 'none', 0, 31, 0, 0, 1, 0, 0, 0, 1 FROM n AS d JOIN n AS a ON a.i <= 100;
        INSERT INTO "Addresses" ("Id", "DomainId", "LocalPart", "AccountId", "IsPrimary", "CreatedAt", "Version")
        SELECT d.i * 1000 + a.i, d.i, CASE WHEN a.i = 50 AND d.i % 100 = 0 THEN 'gugus.dupont' ELSE 'person' || a.i || '.name' || (d.i % 97) END, d.i * 1000 + a.i, 1, 0, 1 FROM n AS d JOIN n AS a ON a.i <= 100;
        INSERT INTO "Addresses" ("Id", "DomainId", "LocalPart", "IsPrimary", "CreatedAt", "Version")
        SELECT d.i * 1000 + 500 + a.i, d.i, 'liste_' || a.i, 0, 0, 1 FROM n AS d JOIN n AS a ON a.i <= 20;
        INSERT INTO "Destinations" ("AliasId", "AccountId") SELECT d.i * 1000 + 500 + a.i, d.i * 1000 + a.i FROM n AS d JOIN n AS a ON a.i <= 20;
        INSERT INTO "Destinations" ("AliasId", "External") SELECT d.i * 1000 + 500 + a.i, 'someone' || d.i || '.' || a.i || '00@example' || a.i || '.org' FROM n AS d JOIN n AS a ON a.i <= 20;
        DROP TABLE n;
        """));
}
