using System.Diagnostics;
using System.Globalization;
using MailAdmin.Benchmarks.Figures;
using MailAdmin.Benchmarks.Servers;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Drift;
using MailAdmin.Provisioning.Drift;
using MailAdmin.Testing.Servers;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Benchmarks.Drift;

/// <summary>
/// Compares the accounts of a domain, and every mailbox of the server, with the database. The baseline is a connection that lists the same
/// mailboxes, reads quota and rights of each as fast as Cyrus allows, and compares nothing.
/// </summary>
internal sealed class DriftBenchmark : IBenchmark
{
    // One round over this many mailboxes takes long enough to be a measurement of its own.
    private const int Many = 50_000;

    private const int BatchSize = 250;

    public string Name => "drift";

    public string What => "comparing accounts with their mailboxes";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run)
    {
        await using var filled = await FilledSandbox.StartAsync(run);
        using var raw = await filled.Sandbox.SignInAsync();
        var names = await ListAsync(raw);
        var accounts = await LocalizeAsync(filled, names, run.Size(10_000, 200));
        run.Report($"{accounts.Count} accounts, {names.Count} mailboxes.");
        var (ours, theirs, listing) = (new Samples(), new Samples(), new Samples());
        for (var i = 0; i < (names.Count > Many ? 1 : 3); i++)
        {
            await listing.TimeAsync(() => ListAsync(raw));
            await theirs.TimeAsync(() => ReadAsync(raw, accounts));
            await ours.TimeAsync(() => CompareAsync(filled));
        }
        return
        [
            new($"{accounts.Count:N0} accounts among {names.Count:N0} mailboxes (median)", ours.Median / 1000, "s", theirs.Median / 1000,
                "raw: the list, quota and ACL of each account, pipelined", Target.AtMostTimes(3)),
            new("beside it: the list of names alone", listing.Median / 1000, "s"),
        ];
    }

    private static async Task<IReadOnlyList<string>> ListAsync(RawImap raw) =>
        [.. (await raw.OkAsync("LIST \"\" user/%")).SkipLast(1).Select(l => l[(l.LastIndexOf('/') + 1)..].TrimEnd('"'))];

    private static async Task<bool> ReadAsync(RawImap raw, IReadOnlyList<string> accounts)
    {
        await ListAsync(raw);
        foreach (var batch in accounts.Chunk(BatchSize))
            await raw.PipelineAsync([.. batch.SelectMany(n => new[] { $"GETQUOTA user/{n}", $"GETACL user/{n}" })]);
        return true;
    }

    private static async Task<bool> CompareAsync(FilledSandbox filled)
    {
        await filled.Host.Get<MailboxComparer>().CompareAsync((_, _) => Task.CompletedTask, default);
        return true;
    }

    // Mailboxes of earlier runs get accounts without addresses, because this benchmark does not look at the maps.
    private static async Task<IReadOnlyList<string>> LocalizeAsync(FilledSandbox filled, IReadOnlyList<string> names, int wanted)
    {
        var present = await UsernamesAsync(filled);
        if (present.Count >= wanted) return present;
        var taken = present.ToHashSet(StringComparer.Ordinal);
        var domain = await filled.Host.AddDomainAsync(filled.Run + "d");
        foreach (var batch in names.Where(n => !taken.Contains(n)).Take(wanted - present.Count).Chunk(1_000))
            await filled.Host.Database.WriteAsync(Actor.Panel, write =>
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
        return await UsernamesAsync(filled);
    }

    private static async Task<IReadOnlyList<string>> UsernamesAsync(FilledSandbox filled)
    {
        await using var context = filled.Host.Database.Open();
        return (await context.Accounts.Select(a => a.Username).ToListAsync()).ConvertAll(u => u.Value);
    }
}
