using System.Diagnostics;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Audit;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Tests.Audit;

/// <summary>
/// How long a page of the audit, its verification and adding an event take with a million events. Run by hand:
/// <c>dotnet test --project tests/MailAdmin.Core.Tests -- --filter-class "*AuditSpeed" --explicit on --show-live-output on</c>
/// </summary>
public sealed class AuditSpeed(ITestOutputHelper output)
{
    private const int Rounds = 11;
    private const int Events = 1_000_000;

    private static readonly AuditFilter All = new(null, null, null, null, null, null, null);

    [Fact(Explicit = true)]
    public async Task Milliseconds_among_a_million_events()
    {
        await using var core = await CoreFixture.CreateAsync();
        var domain = await core.AddDomainAsync(max: null);
        await FillAsync(core, domain.Id);
        var one = new HashSet<long> { domain.Id };
        await TimeAsync(core, "all", All);
        await TimeAsync(core, "a domain's admin", All with { Visible = one });
        await TimeAsync(core, "admin of 20 domains", All with { Visible = Enumerable.Range(1, 20).Select(n => (long)n).ToHashSet() });
        await TimeAsync(core, "a domain", All with { Domain = "d7.example" });
        await TimeAsync(core, "an account", All with { Subject = "u4711" });
        await TimeAsync(core, "an admin", All with { Actor = "a3" });
        await TimeAsync(core, "a kind", All with { Kind = "kind.3" });
        await TimeAsync(core, "a day long ago", All with { From = Day(100), Before = Day(101) });
        await TimeAsync(
            core, "an admin's acts of a kind on a day", All with { Actor = "a3", Kind = "kind.3", From = Day(100), Before = Day(101) });
        await TimeAsync(core, "nothing", All with { Actor = "nobody", Kind = "kind.3" });
        var clock = Stopwatch.GetTimestamp();
        await core.Get<AuditVerifier>().VerifyAsync([]);
        output.WriteLine(
            $"verified in {Stopwatch.GetElapsedTime(clock).TotalSeconds:0.0} s, {GC.GetTotalMemory(forceFullCollection: true) / 1_000_000} MB held afterwards");
        for (var i = 0; i < 200; i++) await WriteAsync(core, i % 2);
        var (with, without) = (new List<double>(), new List<double>());
        for (var i = 0; i < 200; i++) (i % 2 == 0 ? without : with).Add(await WriteAsync(core, i % 2));
        output.WriteLine($"a write: {Median(without):0.00} ms without an event, {Median(with):0.00} ms with one");
    }

    private static DateTimeOffset Day(int number) => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(number);

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    private static async Task<double> WriteAsync(CoreFixture core, int events)
    {
        var clock = Stopwatch.GetTimestamp();
        await core.Database.WriteAsync(Actor.Panel, write =>
        {
            for (var i = 0; i < events; i++) write.Record("test", null, "nothing", new { KiB = 1 }, new { KiB = 2 });
            return Task.CompletedTask;
        });
        return Stopwatch.GetElapsedTime(clock).TotalMilliseconds;
    }

    // Two events a minute: 3,000 domains, 50,000 accounts, 40 admins, 40 kinds. Half of the events belong to one domain.
    private static async Task FillAsync(CoreFixture core, long domain)
    {
        await using var context = core.Database.Open();
        await context.Database.ExecuteSqlAsync($"""
            WITH RECURSIVE n(i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < {Events + 9})
            INSERT INTO "AuditEvents" ("Id", "ChangeId", "At", "ActorName", "Kind", "DomainId", "Domain", "Subject", "After", "Hash")
            SELECT i, 1, {Day(0).UtcTicks} + i * 300000000, 'a' || (i % 41), 'kind.' || (i % 40), CASE WHEN i % 2 THEN {domain} ELSE i % 3000 END, 'd' || (i % 3000) || '.example',
            'u' || (i * 7919 % 50000), 'x', printf('%064d', i) FROM n
            """);
        await context.Database.ExecuteSqlAsync($"""UPDATE "ChangeCounters" SET "AuditId" = {Events + 9}""");
    }

    private async Task TimeAsync(CoreFixture core, string what, AuditFilter filter)
    {
        var audit = core.Get<AuditRepository>();
        var times = new List<double>();
        for (var i = 0; i < Rounds; i++)
        {
            var clock = Stopwatch.GetTimestamp();
            var first = await audit.ListAsync(filter, null, null, 10);
            if (first.Older is { } older) await audit.ListAsync(filter, older, null, 10);
            times.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
        }
        output.WriteLine($"{what,-36} {Median(times),8:0.0} ms for two pages, slowest {times.Max():0.0}");
    }
}
