using System.Diagnostics;
using System.Globalization;
using MailAdmin.Benchmarks.Figures;
using MailAdmin.Benchmarks.Servers;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Drift;
using MailAdmin.Provisioning.Drift;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Benchmarks.Drift;

/// <summary>
/// Comparing the accounts of a domain, and every mailbox of the server, with what the database says; beside it a connection that lists the same
/// mailboxes and reads quota and rights of each, as fast as Cyrus lets it, and compares nothing.
/// </summary>
internal sealed class DriftBenchmark : IBenchmark
{
    private const int Rounds = 3;
    private const int BatchSize = 250;

    public string Name => "drift";

    public string What => "comparing accounts with their mailboxes";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run)
    {
        await using var filled = await FilledSandbox.StartAsync(run);
        using var raw = await RawImap.SignInAsync(filled.Sandbox);
        var names = await ListAsync(raw);
        var accounts = await AdoptAsync(filled, names, run.Size(10_000, 200));
        run.Report($"{accounts} accounts, {names.Count} mailboxes.");
        var (ours, theirs, listing) = (new Samples(), new Samples(), new Samples());
        for (var i = 0; i < Rounds; i++)
        {
            await listing.TimeAsync(() => ListAsync(raw));
            await theirs.TimeAsync(() => ReadAllAsync(raw));
            await ours.TimeAsync(() => CompareAsync(filled));
        }
        return
        [
            new($"{accounts:N0} accounts among {names.Count:N0} mailboxes (median)", ours.Median / 1000, "s", theirs.Median / 1000, "raw: the list, each quota, each ACL, pipelined", Target.AtMostTimes(3)),
            new("beside it: the list of names alone", listing.Median / 1000, "s"),
        ];
    }

    private static async Task<IReadOnlyList<string>> ListAsync(RawImap raw) =>
        [.. (await raw.OkAsync("LIST \"\" user/%")).SkipLast(1).Select(l => l[(l.LastIndexOf('/') + 1)..].TrimEnd('"'))];

    private static async Task<bool> ReadAllAsync(RawImap raw)
    {
        var names = await ListAsync(raw);
        foreach (var batch in names.Chunk(BatchSize)) await raw.PipelineAsync([.. batch.SelectMany(n => new[] { $"GETQUOTA user/{n}", $"GETACL user/{n}" })]);
        return true;
    }

    private static async Task<bool> CompareAsync(FilledSandbox filled)
    {
        await filled.Host.Get<MailboxComparer>().CompareAsync((_, _) => Task.CompletedTask, default);
        return true;
    }

    // Mailboxes that earlier runs made get accounts without addresses: nothing of the maps is looked at here.
    private static async Task<int> AdoptAsync(FilledSandbox filled, IReadOnlyList<string> names, int wanted)
    {
        await using var context = filled.Host.Database.Open();
        var present = await context.Accounts.CountAsync();
        if (present >= wanted) return present;
        var taken = (await context.Accounts.Select(a => a.Username).ToListAsync()).Select(u => u.Value).ToHashSet(StringComparer.Ordinal);
        var domain = await filled.Host.AddDomainAsync(filled.Run + "d");
        foreach (var batch in names.Where(n => !taken.Contains(n)).Take(wanted - present).Chunk(1_000)) await filled.Host.Database.WriteAsync(Actor.Panel, write =>
        {
            write.Context.Accounts.AddRange(batch.Select(n => new Account
            {
                DomainId = domain.Id,
                Username = Username.Parse(n),
                PasswordHash = "-",
                Quota = new Quota(FilledSandbox.QuotaKiB),
                MailboxReady = true,
                CreatedAt = write.Now,
            }));
            return Task.CompletedTask;
        });
        return await context.Accounts.CountAsync();
    }
}
