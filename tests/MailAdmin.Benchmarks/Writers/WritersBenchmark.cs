using System.Data.Common;
using System.Diagnostics;
using MailAdmin.Benchmarks.Figures;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Passwords;
using Microsoft.Extensions.DependencyInjection;

namespace MailAdmin.Benchmarks.Writers;

/// <summary>Fifty writers at once, through the services. Each writes again as soon as the last write is done.</summary>
internal sealed class WritersBenchmark : IBenchmark
{
    private const int Writers = 50;

    // Writes until the runtime has fully compiled the code, as in a panel that has run for a while.
    private const int WarmUp = 4_000;

    public string Name => "writers";

    public string What => "50 writers at once on SQLite";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run)
    {
        var folder = Directory.CreateTempSubdirectory("mailadmin-writers-");
        try
        {
            return await RunAsync(folder.FullName, run.Size(40, 4));
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static async Task<IReadOnlyList<Figure>> RunAsync(string folder, int writes)
    {
        var options = new DatabaseOptions
        {
            File = Path.Combine(folder, "mailadmin.db"),
            StoreName = DomainName.Parse("store.example"),
            StoreNextHop = "store:unset"
        };
        await using var services = new ServiceCollection().AddMailAdminCore(options, new PasswordOptions()).BuildServiceProvider();
        await services.GetRequiredService<DatabasePreparation>().RunAsync();
        var request = new NewDomain(DomainName.Parse("many.example"), Prefix.Parse("many"));
        var domain = (await services.GetRequiredService<DomainService>().CreateAsync(request, Actor.Panel)).Value!;
        var aliases = services.GetRequiredService<AliasService>();
        await AllAsync(aliases, domain, "warm", new Samples(), WarmUp / Writers);

        var (alone, together) = (new Samples(), new Samples());
        var errors = await OneAsync(aliases, domain, "alone", alone, writes);
        var (watch, processor) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        errors += await AllAsync(aliases, domain, "w", together, writes);
        var rate = Writers * writes / watch.Elapsed.TotalSeconds;
        var cost = (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds / (Writers * writes);
        return
        [
            new("a write's 99th percentile", together.P99, "ms", alone.P99, "one writer", Target.AtMost(300)),
            new("median", together.Median, "ms", alone.Median, "one writer"),
            new("errors", errors, "", Target: Target.AtMost(0)),
            new("writes a second, each with audit and map rows", rate, "/s", 1_000 / alone.Median, "one writer"),
            new("processor time of a write", cost, "ms"),
        ];
    }

    private static async Task<int> AllAsync(AliasService aliases, MailDomain domain, string name, Samples samples, int writes)
    {
        var errors = await Task.WhenAll(
            Enumerable.Range(0, Writers).Select(n => Task.Run(() => OneAsync(aliases, domain, $"{name}{n}", samples, writes))));
        return errors.Sum();
    }

    private static async Task<int> OneAsync(AliasService aliases, MailDomain domain, string name, Samples samples, int writes)
    {
        var errors = 0;
        for (var i = 0; i < writes; i++)
        {
            var watch = Stopwatch.StartNew();
            if (!await TryAsync(aliases, domain, $"{name}.{i}")) errors++;
            samples.Add(watch.Elapsed);
        }
        return errors;
    }

    private static async Task<bool> TryAsync(AliasService aliases, MailDomain domain, string name)
    {
        try
        {
            return (await aliases.CreateAsync(domain.Id, LocalPart.Parse(name), ["somebody@elsewhere.example"], Actor.Panel)).Succeeded;
        }
        catch (DbException)
        {
            return false;
        }
    }
}
