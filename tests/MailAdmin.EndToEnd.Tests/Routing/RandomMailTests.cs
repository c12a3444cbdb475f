using System.Diagnostics;
using FsCheck.Xunit;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.CatchAlls;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Routing;
using MailAdmin.EndToEnd.Tests.Sandboxes;
using MailAdmin.EndToEnd.Tests.Shared;
using MailAdmin.Provisioning.Configuration;
using MailAdmin.Provisioning.Postfix;
using MailAdmin.Sandbox;
using MailAdmin.Testing.Hosts;
using MailAdmin.Testing.Servers;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.EndToEnd.Tests.Routing;

/// <summary>
/// Random hosts in a real Postfix that passes everything to the sink: Postfix refuses recipients and delivers mail as the resolver says.
/// </summary>
public sealed class RandomMailTests(PostfixSandbox postfix) : IClassFixture<PostfixSandbox>, IDisposable
{
    // This many messages of each host go all the way into Cyrus and are read back.
    private const int ThroughCyrus = 20;

    private readonly OnePasswordLogins _logins = new(postfix.Sandbox.Folder.LoginSocket);

    public void Dispose() => _logins.Dispose();

    [Property(Arbitrary = [typeof(HostHistories)], MaxTest = 3, QuietOnSuccess = true)]
    public async Task Postfix_refuses_and_delivers_as_the_resolver_says(HostSteps history)
    {
        await using var core = await CoreFixture.CreateAsync(host: SandboxHost, returns: new SrsReturnAddresses(Layout));
        var host = new RandomHost(core);
        foreach (var step in history.Steps) await host.RunAsync(step);
        await PublishAsync(core);
        var sent = new Dictionary<string, Resolution>();
        foreach (var recipient in (await RecipientsAsync(core)).Append(await ReturnAddressAsync("a.friend+list@example.net")))
        {
            Assert.True(SpelledRecipient.TryParse(recipient, SandboxHost, out var spelled, out _), recipient);
            var resolved = await core.Get<ResolverRepository>().ResolveAsync(spelled.Address, default);
            // For these recipients Postfix would ask a next hop, which is the sink, and the sink accepts every address.
            if (resolved.Verdict == Verdict.Relayed) continue;
            var answer = await MailUser.RecipientAnswerAsync(postfix.Sandbox, recipient);
            Assert.True(
                answer.StartsWith(resolved.Answer?[..9] ?? "250", StringComparison.Ordinal),
                $"{recipient}: Postfix says {answer}, the resolver {resolved.Answer ?? "yes"}");
            if (resolved.Verdict == Verdict.Delivered) sent.Add($"{Guid.NewGuid():N}", resolved);
        }
        foreach (var (subject, resolved) in sent) await MailUser.SendFromOutsideAsync(postfix.Sandbox, resolved.Recipient, subject);
        await Eventually.HoldsAsync(() => AssertArrived(sent), TimeSpan.FromSeconds(60));
        await DeliverAsync(core, Chosen(sent.Values));
    }

    // D4, D5: states that a random host rarely has.
    [Theory]
    [InlineData(true, "450 4.2.1")]
    [InlineData(false, "452 4.2.2")]
    public async Task Senders_to_nobody_hear_what_the_holder_of_the_catch_all_makes_senders_hear_and_others_receive(
        bool isHeld, string answer)
    {
        await using var core = await CoreFixture.CreateAsync(host: SandboxHost);
        var domain = await core.AddDomainAsync();
        var holder = await core.AddAccountAsync(domain, "gugus.dupont");
        await core.AddAccountAsync(domain, "marie");
        await core.AddAliasAsync(domain, "any", "support@example.org");
        Assert.True((await core.Get<CatchAllService>().SetAsync(holder.Id, null, Actor.Panel)).Succeeded);
        await core.ChangeAsync<Account>(
            holder.Id, a => (a.State, a.HoldsMail, a.IsFull) = (isHeld ? AccountState.Suspended : AccountState.Active, isHeld, !isHeld));
        await PublishAsync(core);

        foreach (
            var waiting in (string[])["personne@exemple.be", "Personne+x@exemple.be", "\"an na\"@exemple.be", "gugus.dupont@exemple.be"])
            Assert.StartsWith(answer, await MailUser.RecipientAnswerAsync(postfix.Sandbox, waiting), StringComparison.Ordinal);
        foreach (var taken in (string[])["marie@exemple.be", "MARIE+x@exemple.be", "any@exemple.be", "postmaster"])
            Assert.StartsWith("250", await MailUser.RecipientAnswerAsync(postfix.Sandbox, taken), StringComparison.Ordinal);
        Assert.StartsWith(
            "550 5.1.1", await MailUser.RecipientAnswerAsync(postfix.Sandbox, "personne@sandbox.test"), StringComparison.Ordinal);
    }

    private MailLayout Layout => SandboxLayout.Of(postfix.Sandbox.Folder, postfix.Sandbox.Ports);

    /// <summary>The sender address that forwarded mail of this sender gets.</summary>
    private async Task<string> ReturnAddressAsync(string sender) => (await TcpTable.AskAsync(Layout.SrsForward, sender, default)).Text;

    // The names in the main.cf of the sandbox.
    private static MailHostNames SandboxHost { get; } = new(
        DomainName.Parse("mx.sandbox.test"))
    { Origin = DomainName.Parse("sandbox.test"), Postmaster = "hoster@example.org" };

    private static async Task<List<string>> RecipientsAsync(CoreFixture core)
    {
        await using var context = core.Database.Open();
        var model = await HostModel.ReadAsync(context);
        return [.. Recipients.Of(model, SandboxHost).Concat(Recipients.Spelled(model)).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private static bool IsMailbox(string destination) => destination.EndsWith("@store.lab.example", StringComparison.Ordinal);

    private static string NameOf(string mailbox) => mailbox[..mailbox.IndexOf('@', StringComparison.Ordinal)];

    private static Resolution[] Chosen(IEnumerable<Resolution> delivered)
    {
        var all = delivered.Where(r => r.Destinations.Any(IsMailbox)).ToArray();
        // The choice is the same for the same history, so that a failure can be repeated.
        new Random(all.Length).Shuffle(all);
        return [.. all.Take(ThroughCyrus)];
    }

    private async Task DeliverAsync(CoreFixture core, Resolution[] chosen)
    {
        if (chosen.Length == 0) return;
        await PublishAsync(core, intoCyrus: true);
        var users = chosen.SelectMany(r => r.Destinations).Where(IsMailbox).Select(NameOf).Distinct(StringComparer.Ordinal).ToList();
        await CreateMailboxesAsync(users);
        var sent = chosen.ToDictionary(_ => $"{Guid.NewGuid():N}");
        foreach (var (subject, resolved) in sent) await MailUser.SendFromOutsideAsync(postfix.Sandbox, resolved.Recipient, subject);
        var expected = sent.SelectMany(s => s.Value.Destinations.Where(IsMailbox).Select(d => $"{NameOf(d)} {s.Key}"))
            .Order(StringComparer.Ordinal).ToList();
        await Eventually.HoldsAsync(
            async () =>
            {
                var found = new List<string>();
                foreach (var user in users)
                    found.AddRange(
                        (await new MailUser(postfix.Sandbox, user, OnePasswordLogins.Password).SubjectsAsync()).Where(sent.ContainsKey)
                            .Select(s => $"{user} {s}"));
                Assert.Equal(expected, found.Order(StringComparer.Ordinal));
            },
            TimeSpan.FromSeconds(60));
    }

    // Mailboxes of the previous history stay.
    private async Task CreateMailboxesAsync(IEnumerable<string> users)
    {
        using var imap = await LineSession.OpenAsync(postfix.Sandbox.Ports.Imap);
        Assert.StartsWith(
            "a OK", await imap.SendAsync($"a LOGIN {postfix.Sandbox.Description.CyrusAdmin.User} \"{OnePasswordLogins.Password}\""),
            StringComparison.Ordinal);
        foreach (var user in users) await imap.SendAsync($"b CREATE user/{user}");
    }

    private void AssertArrived(Dictionary<string, Resolution> sent)
    {
        var arrived = postfix.Sandbox.Outside.Messages().ToLookup(m => m.Message.Subject ?? "", m => m.Recipients);
        foreach (var (subject, resolved) in sent)
        {
            Assert.True(
                arrived[subject].SelectMany(r => r).Select(r => r.ToLowerInvariant()).Order()
                    .SequenceEqual(resolved.Destinations.Select(d => d.ToLowerInvariant()).Order()),
                $"{resolved.Recipient} went to {string.Join(", ", arrived[subject].SelectMany(r => r))}, not to {string.Join(", ", resolved.Destinations)}");
        }
    }

    // Whole maps replace those of the previous host; the store and next hops are the sink. Then smtpd forgets the domains that it knew.
    private async Task PublishAsync(CoreFixture core, bool intoCyrus = false)
    {
        await using var context = core.Database.Open();
        var entries = await context.MapEntries.Where(e => e.Value != null).ToListAsync();
        var sink = $"smtp:[127.0.0.1]:{postfix.Sandbox.Ports.Outside}";
        string HopOf(string key) => intoCyrus && key == "store.lab.example" ? $"store:unix:{postfix.Sandbox.Folder.LmtpSocket}" : sink;
        foreach (var map in PostfixMaps.All)
        {
            var file = Path.Combine(postfix.Sandbox.Folder.Maps, map.FileName());
            var rows = entries.Where(e => e.Map == map)
                .Select(e =>
                $"{e.Key} {(map == PostfixMap.Transport && !e.Value!.StartsWith('r') && !e.Value.StartsWith('e') ? HopOf(e.Key) : e.Value)}");
            await File.WriteAllLinesAsync(file, rows);
            await RunAsync("postmap", "-c", postfix.Sandbox.Postfix.ConfigurationPath, $"lmdb:{file}");
        }
        await RunAsync("postfix", "-c", postfix.Sandbox.Postfix.ConfigurationPath, "reload");
    }

    private static async Task RunAsync(string tool, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo("/usr/sbin/" + tool, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        var words = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{tool}: {words}");
    }
}
