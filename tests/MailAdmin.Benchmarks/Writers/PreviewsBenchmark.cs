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

/// <summary>
/// Eight writers beside twenty visitors who preview the deletion of an account, all as fast as they can. It is compared to the same writers
/// beside twenty visitors who only read what such a page reads.
/// </summary>
internal sealed class PreviewsBenchmark : IBenchmark
{
    private const int Writers = 8;
    private const int Visitors = 20;
    private const int Accounts = 40;

    // Rounds until the runtime has fully compiled the measured code.
    private const int WarmUp = 60;

    private int _aliases;

    public string Name => "previews";

    public string What => "20 previews at once beside 8 writers on SQLite";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run)
    {
        var folder = Directory.CreateTempSubdirectory("mailadmin-previews-");
        try
        {
            return await RunAsync(folder.FullName, run.Size(300, 100));
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private async Task<IReadOnlyList<Figure>> RunAsync(string folder, int writes)
    {
        var options = new DatabaseOptions
        {
            File = Path.Combine(folder, "mailadmin.db"),
            StoreName = DomainName.Parse("store.example"),
            StoreNextHop = "store:unset"
        };
        await using var services = new ServiceCollection().AddMailAdminCore(options, new PasswordOptions { Cost = 4 })
            .BuildServiceProvider();
        await services.GetRequiredService<DatabasePreparation>().RunAsync();
        var (domain, accounts) = await FillAsync(services);
        var (service, impact) = (services.GetRequiredService<AccountService>(), services.GetRequiredService<DeletionImpactReader>());

        Func<Account, Task>? none = null;
        Task ReadAsync(Account account) => impact.OfAccountAsync(account.Id, null);
        Task PreviewAsync(Account account) => service.PlanDeletion(account.Id, null, forGood: false, Actor.Panel).DryRunAsync();
        foreach (var visit in (Func<Account, Task>?[])[none, ReadAsync, PreviewAsync])
            await BesideAsync(services, domain, accounts, visit, WarmUp);
        var alone = await BesideAsync(services, domain, accounts, none, writes);
        var reads = await BesideAsync(services, domain, accounts, ReadAsync, writes);
        var previews = await BesideAsync(services, domain, accounts, PreviewAsync, writes);
        // The time of a write is not compared to its time beside plain reads. Plain reads hold nobody up at the write gate, but take
        // processor time before a write begins.
        return
        [
            new("writes a second beside 20 previews", previews.Rate, "/s", reads.Rate, "beside 20 plain reads", Target.AtLeastTimes(0.9)),
            new("the same", previews.Rate, "/s", alone.Rate, "beside nobody", Target.AtLeastTimes(0.8)),
            new("a write's median beside 20 previews", previews.Writes.Median, "ms", alone.Writes.Median, "beside nobody"),
            new("its 99th percentile", previews.Writes.P99, "ms", alone.Writes.P99, "beside nobody"),
            new("its longest", previews.Writes.Max, "ms", alone.Writes.Max, "beside nobody"),
            new("a preview's median, while 8 write without a pause", previews.Visits.Median, "ms", reads.Visits.Median, "a plain read"),
            new("its 99th percentile", previews.Visits.P99, "ms", reads.Visits.P99, "a plain read"),
        ];
    }

    // Each account has an alias that leads to it and to the alias that all of them share.
    private static async Task<(MailDomain Domain, IReadOnlyList<Account> Accounts)> FillAsync(IServiceProvider services)
    {
        var domain = (
            await services.GetRequiredService<DomainService>()
                .CreateAsync(new NewDomain(DomainName.Parse("many.example"), Prefix.Parse("many")), Actor.Panel)).Value!;
        var aliases = services.GetRequiredService<AliasService>();
        var accounts = new List<Account>();
        const string password = "Zeven3Koeien!";
        await aliases.CreateAsync(domain.Id, LocalPart.Parse("all"), ["somebody@elsewhere.example"], Actor.Panel);
        for (var n = 0; n < Accounts; n++)
        {
            var account = (
                await services.GetRequiredService<AccountService>()
                    .CreateAsync(new NewAccount(domain.Id, LocalPart.Parse($"person{n}"), null, password, password), Actor.Panel)).Value!;
            await aliases.CreateAsync(domain.Id, LocalPart.Parse($"liste{n}"), [account.Username.Value, "all@many.example"], Actor.Panel);
            accounts.Add(account);
        }
        return (domain, accounts);
    }

    private async Task<(Samples Writes, Samples Visits, double Rate)> BesideAsync(
        IServiceProvider services, MailDomain domain, IReadOnlyList<Account> accounts, Func<Account, Task>? visit, int writes)
    {
        var (written, visited) = (new Samples(), new Samples());
        using var stop = new CancellationTokenSource();
        var visitors = visit is null ? [] : Enumerable.Range(0, Visitors).Select(n => Task.Run(async () =>
        {
            for (var i = n; !stop.IsCancellationRequested; i++)
            {
                await visited.TimeAsync(() => visit(accounts[i % accounts.Count]));
                // Yields as a new request would: SQLite answers synchronously, and the loop would keep its thread for ever.
                await Task.Yield();
            }
        })).ToList();
        var (aliases, watch) = (services.GetRequiredService<AliasService>(), Stopwatch.StartNew());
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < writes; i++)
            {
                await written.TimeAsync(() => WriteAsync(aliases, domain));
                await Task.Yield();
            }
        })));
        var rate = written.Count / watch.Elapsed.TotalSeconds;
        await stop.CancelAsync();
        await Task.WhenAll(visitors);
        return (written, visited, rate);
    }

    private async Task WriteAsync(AliasService aliases, MailDomain domain)
    {
        var name = LocalPart.Parse($"w{Interlocked.Increment(ref _aliases)}");
        var made = await aliases.CreateAsync(domain.Id, name, ["somebody@elsewhere.example"], Actor.Panel);
        if (!made.Succeeded) throw new InvalidOperationException(made.Problems[0].Code);
    }
}
