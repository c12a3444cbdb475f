using System.Globalization;
using System.Text;
using MailAdmin.Benchmarks.Figures;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.MailboxCopies;
using MailAdmin.Provisioning.MailboxCopies;
using MailAdmin.Testing.Servers;

namespace MailAdmin.Benchmarks.MailboxCopies;

/// <summary>
/// Copies small messages from one Cyrus to another. The baseline is a connection that appends the same messages to the same Cyrus, all
/// commands at once, and reads them from nowhere.
/// </summary>
internal sealed class CopyBenchmark : IBenchmark
{
    private const string Source = "source";
    private const int Rounds = 3;

    public string Name => "copy";

    public string What => "copying a mailbox from another server";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run)
    {
        var count = run.Size(5_000, 500);
        await using var old = await PrivateCyrus.StartAsync(slashes: false);
        await using var cyrus = await PrivateCyrus.StartAsync(slashes: true);
        await using var core = await CoreFixture.CreateAsync();
        var domain = await core.AddDomainAsync();
        var commands = Enumerable.Range(0, count).Select(Append).ToList();
        await using (var admin = await RawImap.SignInAsync(old)) await admin.OkAsync($"CREATE user.{Source}");
        await using (var there = await RawImap.SignInAsync(old, Source)) await there.PipelineAsync(commands);
        var (ours, raw, second) = (new Samples(), new Samples(), new Samples());
        for (var round = 0; round < Rounds; round++)
        {
            run.Report($"{count} messages, round {round + 1} of {Rounds}.");
            await raw.TimeAsync(() => AppendAsync(cyrus, $"raw{round}", commands));
            var account = await AddAccountAsync(core, cyrus, domain, $"u{round}");
            await ours.TimeAsync(() => CopyAsync(core, old, cyrus, account));
            await second.TimeAsync(() => CopyAsync(core, old, cyrus, account));
        }
        return
        [
            new($"{count:N0} small messages copied (best of {Rounds})", count / ours.Percentile(0) * 1000, "/s",
                count / raw.Percentile(0) * 1000, "raw: APPEND alone, pipelined, of the same messages on the same Cyrus",
                Target.AtLeastTimes(0.7)),
            new("a second run that finds nothing new (median)", second.Median, "ms"),
        ];
    }

    private static async Task<bool> AppendAsync(PrivateCyrus cyrus, string name, IReadOnlyList<string> commands)
    {
        await using (var admin = await RawImap.SignInAsync(cyrus)) await admin.OkAsync($"CREATE user/{name}");
        await using var user = await RawImap.SignInAsync(cyrus, name);
        await user.PipelineAsync(commands);
        return true;
    }

    private static async Task<Account> AddAccountAsync(CoreFixture core, PrivateCyrus cyrus, MailDomain domain, string name)
    {
        var account = await core.AddAccountAsync(domain, name);
        await using var admin = await RawImap.SignInAsync(cyrus);
        await admin.OkAsync($"CREATE user/{account.Username} (MAILBOXID {account.MailboxId})");
        return account;
    }

    private static async Task<bool> CopyAsync(CoreFixture core, PrivateCyrus old, PrivateCyrus cyrus, Account account)
    {
        var (journal, options) = (core.Get<MailboxCopyJournal>(), new MailboxCopyOptions());
        var request = new SourceRequest(
            "127.0.0.1", old.Port, SourceSecurity.None, SourceAuthentication.Password, Source, null, old.Options().AdminPassword);
        CoreFixture.Value(await core.Get<MailboxCopyService>().StartAsync(account.Id, request, false, Actor.Panel));
        var attempt = (await journal.ClaimAsync("benchmark", 1, 1, TimeSpan.FromHours(1), default))[0];
        var connector = new SourceConnector(new SourceAddresses(core.Get<SourceNetworks>()), options);
        await new MailboxCopier(connector, cyrus.Options(), journal, options, TimeProvider.System).RunAsync(attempt, default);
        await journal.FinishAsync(attempt.CopyId, default);
        await journal.LeaveAsync(attempt.CopyId, "benchmark", default);
        return true;
    }

    private static string Append(int number)
    {
        var text = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"From: <a@example.org>\r\nTo: <b@example.org>\r\nSubject: message {number}\r\n")
            .Append(CultureInfo.InvariantCulture, $"Message-ID: <{number}@example.org>\r\nDate: Mon, 7 Sep 2026 10:00:00 +0200\r\n\r\n")
            .Append('x', 70).Append("\r\n").ToString();
        var flags = number % 3 == 0 ? "" : @"\Seen";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"APPEND INBOX ({flags}) \"07-Sep-2026 {number / 3600 % 24:D2}:{number / 60 % 60:D2}:{number % 60:D2} +0200\" {{{text.Length}+}}\r\n{text}");
    }
}
