using MailAdmin.Core.Admins;
using MailAdmin.Core.Audit;
using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace MailAdmin.Core.Tests.Audit;

public sealed class AuditVerifierTests
{
    [Fact]
    public async Task A_table_that_nobody_touched_is_whole()
    {
        await using var core = await FilledAsync();

        var report = await VerifyAsync(core);

        Assert.True(report.IsWhole, string.Join(", ", report.Faults));
        Assert.Equal(report.Head.Id, report.Count);
        Assert.True(report.Count >= 10);
    }

    [Theory] // Events 1 to 11; what an expert with the database open might do to them.
    [InlineData("""UPDATE "AuditEvents" SET "After" = 'x' WHERE "Id" = 5""", "Edited 5-5")]
    [InlineData("""UPDATE "AuditEvents" SET "ActorName" = 'luc' WHERE "Id" = 5""", "Edited 5-5")]
    [InlineData("""UPDATE "AuditEvents" SET "At" = "At" + 1 WHERE "Id" = 5""", "Edited 5-5")]
    [InlineData("""UPDATE "AuditEvents" SET "DomainId" = NULL WHERE "Id" = 5""", "Edited 5-5")]
    [InlineData("""UPDATE "AuditEvents" SET "Hash" = 'x' WHERE "Id" = 5""", "Edited 5-5, Edited 6-6")]
    [InlineData("""DELETE FROM "AuditEvents" WHERE "Id" = 5""", "Missing 5-5")]
    [InlineData("""DELETE FROM "AuditEvents" WHERE "Id" < 4""", "Missing 1-3")]
    [InlineData(
        """UPDATE "AuditEvents" SET "Id" = CASE "Id" WHEN 105 THEN 106 ELSE 105 END WHERE "Id" IN (105, 106)""",
        "Edited 5-5, Edited 6-6, Edited 7-7")]
    [InlineData("""DELETE FROM "AuditEvents" WHERE "Id" = 11""", "CutOff 11-11")]
    [InlineData("""DELETE FROM "AuditEvents" """, "CutOff 1-11")]
    [InlineData(
        """INSERT INTO "AuditEvents" ("Id", "ChangeId", "At", "ActorName", "Kind", "Subject", "Hash") VALUES (12, 1, 1, 'x', 'x', 'x', 'x')""", "Inserted 12-12")]
    [InlineData(
        """INSERT INTO "AuditEvents" ("Id", "ChangeId", "At", "ActorName", "Kind", "Subject", "Hash") VALUES (0, 1, 1, 'x', 'x', 'x', 'x')""", "Inserted 0-0")]
    [InlineData("""UPDATE "ChangeCounters" SET "AuditHash" = 'x'""", "EndDiffers 11-11")]
    public async Task Whatever_was_done_to_it_is_found_and_named(string tampering, string found)
    {
        await using var core = await FilledAsync();
        // One statement cannot swap two rows.
        if (tampering.Contains("105", StringComparison.Ordinal)) await SwapAsync(core, 5, 6);
        else await ExecuteAsync(core, tampering);

        var report = await VerifyAsync(core);

        Assert.Equal(found, string.Join(", ", report.Faults.Select(f => $"{f.Kind} {f.First}-{f.Last}")));
        Assert.False(report.IsWhole);
    }

    [Fact]
    public async Task A_chain_that_was_made_anew_is_found_by_a_head_that_was_noted_elsewhere()
    {
        await using var core = await FilledAsync();
        var noted = (await core.Get<AuditVerifier>().HeadAsync())!;
        await core.AddDomainAsync("encore.example", "encore");
        Assert.True((await VerifyAsync(core, noted)).IsWhole);

        await RemakeAsync(core, 5);

        Assert.True((await VerifyAsync(core)).IsWhole);
        Assert.Equal(new AuditFault(AuditFaultKind.Rewritten, noted.Id, noted.Id), Assert.Single((await VerifyAsync(core, noted)).Faults));
    }

    [Fact]
    public async Task A_database_that_was_put_back_to_an_earlier_day_is_found_by_a_noted_head()
    {
        await using var core = await FilledAsync();
        var later = new AuditHead(4711, new string('a', 64));

        Assert.Equal(new AuditFault(AuditFaultKind.Rewritten, 4711, 4711), Assert.Single((await VerifyAsync(core, later)).Faults));
    }

    [Fact]
    public async Task A_long_table_is_read_in_pieces_and_each_fault_is_counted()
    {
        await using var core = await FilledAsync();
        await core.Database.WriteAsync(Actor.Panel, write =>
        {
            for (var i = 0; i < 12_000; i++) write.Record("test", null, $"{i}");
            return Task.CompletedTask;
        });
        await ExecuteAsync(core, """UPDATE "AuditEvents" SET "Subject" = 'x' WHERE "Id" > 11 AND "Id" <= 311""");
        var progress = new Steps();

        var report = await core.Get<AuditVerifier>().VerifyAsync([], progress);

        Assert.Equal((12_011, 300, AuditReport.MaxFaults), (report.Count, report.FaultCount, report.Faults.Count));
        Assert.Equal([5_000, 10_000, 12_011], progress.Values);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("12", false)]
    [InlineData("0:0123456789012345678901234567890123456789012345678901234567890123", false)]
    [InlineData("-1:0123456789012345678901234567890123456789012345678901234567890123", false)]
    [InlineData("12:012345678901234567890123456789012345678901234567890123456789012x", false)]
    [InlineData(" 12:ABCDEF6789012345678901234567890123456789012345678901234567890123 ", true)]
    public void A_noted_head_is_read_as_it_was_printed(string text, bool isRead)
    {
        Assert.Equal(isRead, AuditHead.TryParse(text, out var head));
        if (isRead) Assert.Equal(text.Trim().ToLowerInvariant(), head!.ToString());
    }

    // The store and ten domains are added, which makes eleven events.
    private static async Task<CoreFixture> FilledAsync()
    {
        var core = await CoreFixture.CreateAsync();
        for (var i = 1; i <= 10; i++) await core.AddDomainAsync($"d{i}.example", $"prefix{(char)('a' + i)}");
        return core;
    }

    private static Task<AuditReport> VerifyAsync(CoreFixture core, params AuditHead[] noted) =>
        core.Get<AuditVerifier>().VerifyAsync(noted);

    private static async Task ExecuteAsync(CoreFixture core, string sql)
    {
        await using var context = core.Database.Open();
        await context.Database.ExecuteSqlRawAsync(sql);
    }

    private static async Task SwapAsync(CoreFixture core, int one, int other)
    {
        await ExecuteAsync(core, $"""UPDATE "AuditEvents" SET "Id" = -1 WHERE "Id" = {one}""");
        await ExecuteAsync(core, $"""UPDATE "AuditEvents" SET "Id" = {one} WHERE "Id" = {other}""");
        await ExecuteAsync(core, $"""UPDATE "AuditEvents" SET "Id" = {other} WHERE "Id" = -1""");
    }

    // An attacker who knows the method recomputes every hash from this event on, and the hash beside the counter.
    private static Task<bool> RemakeAsync(CoreFixture core, long from) => core.Database.ExecuteWithoutAuditAsync(async context =>
    {
        var hash = "";
        foreach (var item in await context.AuditEvents.OrderBy(e => e.Id).ToListAsync())
        {
            if (item.Id == from) item.ActorName = "luc";
            hash = item.Hash = AuditTrail.HashOf(hash, item);
        }
        (await context.ChangeCounters.SingleAsync()).AuditHash = hash;
        return true;
    });

    private sealed class Steps : IProgress<long>
    {
        public List<long> Values { get; } = [];

        public void Report(long value) => Values.Add(value);
    }
}
