using System.Diagnostics;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Routing;
using MailAdmin.Core.Tests.Data;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Core.Tests.Data.CoreFixture;

namespace MailAdmin.Core.Tests.Domains;

/// <summary>
/// How long ten names of a domain of 10,000 addresses take, and for how long others wait meanwhile. Run by hand:
/// <c>dotnet test --project tests/MailAdmin.Core.Tests -- --filter-class "*DomainNameSpeed" --explicit on --show-live-output on</c>
/// </summary>
public sealed class DomainNameSpeed(ITestOutputHelper output)
{
    private const int Addresses = 10_000;

    [Fact(Explicit = true)]
    public async Task Ten_names_of_ten_thousand_addresses()
    {
        await using var core = await CreateAsync();
        var domain = await core.AddDomainAsync(max: null);
        await LargeDomain.FillAsync(core, domain, Addresses);
        // The same rows, put into a table of the same shape without any thought: the least that the database takes.
        var least = await LeastAsync(core);
        List<DomainName> names = [.. Enumerable.Range(1, 10).Select(n => DomainName.Parse($"exemple{n}.example"))];
        await MeasureAsync(core, "adding", least, async () => Value(await core.Get<DomainAliasService>().AddAsync(domain.Id, names, Actor.Panel)));
        Assert.Equal(Addresses * 11, (await core.MapAsync(PostfixMap.Virtual)).Count);
        await MeasureAsync(core, "removing", least, async () =>
        {
            foreach (var name in names) Value(await core.Get<DomainAliasService>().RemoveAsync(domain.Id, name, Actor.Panel));
        });
        Assert.Equal(Addresses, (await core.MapAsync(PostfixMap.Virtual)).Count);
    }

    private async Task MeasureAsync(CoreFixture core, string what, TimeSpan least, Func<Task> ask)
    {
        var (whole, part, parts) = (Stopwatch.StartNew(), Stopwatch.StartNew(), new List<double>());
        await ask();
        var asked = part.Elapsed.TotalMilliseconds;
        part.Restart();
        await LargeDomain.WorkAsync(core, OutboxKind.DomainNames, id => core.Get<DomainAliasService>().StepAsync(id, TestContext.Current.CancellationToken), () =>
        {
            parts.Add(part.Elapsed.TotalMilliseconds);
            part.Restart();
            return Task.CompletedTask;
        });
        output.WriteLine(
            $"{what}: {whole.Elapsed.TotalSeconds:0.0} s, {whole.Elapsed / least:0.0} x the bare rows ({least.TotalSeconds:0.0} s); the request {asked:0} ms; {parts.Count} steps, median {parts.Order().ElementAt(parts.Count / 2):0} ms, longest {parts.Max():0} ms");
    }

    private static async Task<TimeSpan> LeastAsync(CoreFixture core)
    {
        await using var context = core.Database.Open();
        var token = TestContext.Current.CancellationToken;
        await context.Database.ExecuteSqlRawAsync("""CREATE TABLE "Bare" ("Map" INTEGER, "Key" TEXT, "Value" TEXT, PRIMARY KEY ("Map", "Key"))""", token);
        var clock = Stopwatch.StartNew();
        await context.Database.ExecuteSqlRawAsync(
            $$"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {{Addresses * 20}})
            INSERT INTO "Bare" SELECT i % 2, 'u' || i || '@exemple.example', 'exemple' || i || '@store.lab.example' FROM n
            """, token);
        var took = clock.Elapsed;
        await context.Database.ExecuteSqlRawAsync("""DROP TABLE "Bare" """, token);
        return took;
    }
}
