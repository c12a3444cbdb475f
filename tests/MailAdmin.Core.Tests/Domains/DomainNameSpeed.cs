using System.Diagnostics;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Routing;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Domains;

/// <summary>
/// How long adding ten names to a domain of 10,000 addresses takes, and how long others wait in the meantime. Run by hand, in Release:
/// <c>dotnet run -c Release --project tests/MailAdmin.Core.Tests -- --filter-class "*DomainNameSpeed" --explicit on --show-live-output
/// on</c>
/// </summary>
public sealed class DomainNameSpeed(ITestOutputHelper output)
{
    private static readonly List<DomainName> _names = [.. Enumerable.Range(1, 10).Select(n => DomainName.Parse($"exemple{n}.example"))];

    [Fact(Explicit = true)]
    public async Task Ten_names_of_ten_thousand_addresses()
    {
        // A runtime that has just started spends half of the time on compiling.
        await RunAsync(2_000, _ => { });
        await RunAsync(10_000, output.WriteLine);
    }

    private static async Task RunAsync(int addresses, Action<string> tell)
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync(max: null);
        await LargeDomain.FillAsync(core, domain, addresses);
        var adding = await MeasureAsync(
            core, async () => Value(await core.Get<DomainAliasService>().AddAsync(domain.Id, _names, Actor.Panel)));
        Assert.Equal(addresses * 11, (await core.MapAsync(PostfixMap.Virtual)).Count);
        var least = await LeastAsync(core);
        var removing = await MeasureAsync(core, async () =>
        {
            foreach (var name in _names) Value(await core.Get<DomainAliasService>().RemoveAsync(domain.Id, name, Actor.Panel));
        });
        Assert.Equal(addresses, (await core.MapAsync(PostfixMap.Virtual)).Count);
        foreach (var (what, took) in new[] { ("adding", adding), ("removing", removing) })
        {
            tell($"{what}: {took.Whole.TotalSeconds:0.0} s, {took.Whole / least.Whole:0.0} x the bare rows ({least.Whole.TotalSeconds:0.0} s); "
                + $"of the processor {took.Processor.TotalSeconds:0.0} s, {took.Processor / least.Processor:0.0} x ({least.Processor.TotalSeconds:0.0} s); "
                + $"the request {took.Steps[0]:0} ms; {took.Steps.Count - 1} steps, median {took.Steps.Skip(1).Order().ElementAt(took.Steps.Count / 2 - 1):0} ms, longest {took.Steps.Skip(1).Max():0} ms");
        }
    }

    private static async Task<Taken> MeasureAsync(CoreFixture core, Func<Task> ask)
    {
        var (whole, part, processor, steps) = (
            Stopwatch.StartNew(), Stopwatch.StartNew(), Environment.CpuUsage.TotalTime, new List<double>());
        await ask();
        Note();
        await LargeDomain.WorkAsync(
            core, JobKind.DomainNames, id => core.Get<DomainAliasService>().StepAsync(id, TestContext.Current.CancellationToken), () =>
        {
            Note();
            return Task.CompletedTask;
        });
        return new(whole.Elapsed, Environment.CpuUsage.TotalTime - processor, steps);

        void Note()
        {
            steps.Add(part.Elapsed.TotalMilliseconds);
            part.Restart();
        }
    }

    // Inserts the same rows that were added into a table of the same kind, in the order of their keys and without computing anything. This
    // is the least time that the database takes.
    private static async Task<Taken> LeastAsync(CoreFixture core)
    {
        await using var context = core.Database.Open();
        var token = TestContext.Current.CancellationToken;
        await context.Database.ExecuteSqlRawAsync(
            """
            CREATE TABLE "Bare" ("Map" INTEGER NOT NULL, "Key" TEXT NOT NULL, "Value" TEXT, "Sequence" INTEGER NOT NULL, "Owner" INTEGER NOT NULL, "OwnerId" INTEGER NOT NULL,
                PRIMARY KEY ("Map", "Key")) WITHOUT ROWID;
            CREATE INDEX "Bare_Owner" ON "Bare" ("Owner", "OwnerId");
            CREATE INDEX "Bare_Sequence" ON "Bare" ("Sequence")
            """, token);
        var (clock, processor) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        await context.Database.ExecuteSqlRawAsync(
            """INSERT INTO "Bare" SELECT "Map", "Key", "Value", "Sequence", "Owner", "OwnerId" FROM "MapEntries" WHERE "Owner" = 3""",
            token);
        var took = new Taken(clock.Elapsed, Environment.CpuUsage.TotalTime - processor, []);
        await context.Database.ExecuteSqlRawAsync("""DROP TABLE "Bare" """, token);
        return took;
    }

    private sealed record Taken(TimeSpan Whole, TimeSpan Processor, List<double> Steps);
}
