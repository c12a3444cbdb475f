using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Imports;
using MailAdmin.Core.Passwords;
using MailAdmin.Core.Routing;
using MailAdmin.Core.Takeovers;
using MailAdmin.Provisioning.Takeovers;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Provisioning.Tests.Takeovers;

/// <summary>A web-cyradm database on real servers, with rows as its pages write them, is taken over.</summary>
public sealed class WebCyradmTakeoverTests
{
    // crypt(3) with the password itself as the salt, as web-cyradm does.
    private const string Hash = "ZemrsnGTFZ8gU";

    private const string Tables = """
        CREATE TABLE domain (domain_name varchar(255), prefix varchar(50), maxaccounts int, quota int, domainquota int,
          transport varchar(255) DEFAULT 'cyrus', freenames varchar(3) DEFAULT 'NO', freeaddress varchar(3) DEFAULT 'NO');
        CREATE TABLE accountuser (username varchar(255), password varchar(50), prefix varchar(50) DEFAULT '', domain_name varchar(255) DEFAULT '',
          imap int DEFAULT {0}, pop int DEFAULT {0}, sieve int DEFAULT {0}, smtpauth int DEFAULT {0});
        CREATE TABLE {1}virtual{1} (alias varchar(255), dest text, username varchar(255) DEFAULT '', status int DEFAULT 1);
        CREATE TABLE adminuser (username varchar(50), password varchar(50), type int);
        CREATE TABLE domainadmin (domain_name varchar(255), adminuser varchar(255));
        INSERT INTO domain (domain_name, prefix, maxaccounts, quota, domainquota, transport, freenames) VALUES
          ('exemple.be', 'exemple', 2, 25000, 0, 'cyrus', 'NO'), ('free.example', 'fr', 20, 20000, 0, 'cyrus', 'YES'),
          ('dots.example', 'dots.example', 20, 0, 0, 'cyrus', 'NO'), ('other.example', 'oth', 20, 0, 0, 'cyrus', 'NO'),
          ('moved.example', 'mov', 20, 0, 0, 'smtp:[192.0.2.9]', 'NO'), ('news.example', 'news', 20, 0, 0, 'uucp:uu', 'NO');
        INSERT INTO accountuser (username, password, prefix, domain_name) VALUES
          ('cyrus', 'x', '', ''), ('exemple0001', '{2}', 'exemple', 'exemple.be'), ('exemple0002', '{2}', 'exemple', 'exemple.be'),
          ('exemple0004', '*5AF2', 'exemple', 'exemple.be'), ('Marie', '{2}', 'fr', 'free.example'),
          ('jan.dots.example', '{2}', 'dots.example', 'dots.example'), ('lost0001', '{2}', 'lost', 'gone.example'),
          ('silent', '{2}', 'fr', 'free.example');
        INSERT INTO {1}virtual{1} (alias, dest, username, status) VALUES
          ('gugus@exemple.be', 'exemple0001', 'exemple0001', 1), ('Dupont@exemple.be', 'exemple0001', 'exemple0001', 1),
          ('two@exemple.be', 'exemple0002', 'exemple0002', 1), ('four@exemple.be', 'exemple0004', 'exemple0004', 1),
          ('marie@free.example', 'Marie', 'Marie', 1), ('jan@dots.example', 'jan.dots.example', 'jan.dots.example', 1),
          ('marie@exemple.be', 'Marie', 'Marie', 1), ('silent@free.example', 'silent', 'silent', 0),
          ('@exemple.be', 'exemple0001', 'exemple0001', 1),
          ('team@exemple.be', 'exemple0001', 'exemple.be', 1), ('team@exemple.be', 'friend@far.example', 'exemple.be', 1),
          ('exemple0002', 'two@far.example,exemple0002', '', 1), ('jan.dots.example', 'jan@far.example', '', 1),
          ('@other.example', '@exemple.be', '', 1),
          ('ghost0009', 'nobody@far.example', '', 1), ('old@exemple.be', 'ghost0009', 'exemple.be', 1);
        INSERT INTO adminuser VALUES ('jens', 'x', 2);
        INSERT INTO domainadmin VALUES ('exemple.be', 'jens');
        """;

    [Theory]
    [InlineData(SourceKind.MySql)]
    [InlineData(SourceKind.PostgreSql)]
    public async Task Each_meaning_of_virtual_and_each_naming_mode_arrives_and_again_changes_nothing(SourceKind kind)
    {
        await using var server = await PrivateDatabaseServer.StartAsync(kind);
        await server.RunAsync(Tables.Replace("{0}", kind == SourceKind.MySql ? "1" : "0", StringComparison.Ordinal)
            .Replace("{1}", kind == SourceKind.MySql ? "`" : "\"", StringComparison.Ordinal).Replace("{2}", Hash, StringComparison.Ordinal));
        var source = await server.ReadAsync(s => WebCyradmReader.ReadAsync(s, WebCyradmScheme.Crypt, default));
        await using var core = await CreateAsync();
        var refused = await CarryOutAsync(core, source);

        Assert.Empty(refused);
        await AssertRoutingAsync(core);
        await AssertAccountsAsync(core);
        AssertFindings(source);
        Assert.Empty(await core.Get<TakeoverService>().MissingAsync(source));
        var again = await PreviewAsync(core, source);
        Assert.Equal((0, 0, 0), (again.Creates, again.Changes, again.Wrong));
    }

    private static async Task AssertRoutingAsync(CoreFixture core)
    {
        var map = await core.MapAsync(PostfixMap.Virtual);
        string Users(string key) => string.Join(' ', map[key].Split([',', ' '], StringSplitOptions.RemoveEmptyEntries).Select(t => t.Split('@') is [var user, "cyrus"] ? user : t).Order(StringComparer.Ordinal));
        var store = map["gugus@exemple.be"].Split('@')[1];
        Assert.Equal($"exemple0001@{store}", map["gugus@exemple.be"]);
        Assert.Equal($"exemple0001@{store}", map["dupont@exemple.be"]);
        Assert.Equal($"exemple0001@{store}", map["dupont@other.example"]);
        Assert.Equal($"exemple0001@{store}", map["@exemple.be"]);
        Assert.Contains("friend@far.example", Users("team@exemple.be"), StringComparison.Ordinal);
        Assert.Contains($"exemple0001@{store}", map["team@exemple.be"], StringComparison.Ordinal);
        Assert.Contains("two@far.example", map[$"exemple0002@{store}"], StringComparison.Ordinal);
        Assert.EndsWith($"exemple0002@{store}", map[$"exemple0002@{store}"], StringComparison.Ordinal);
        Assert.Equal("jan@far.example", map[$"jan.dots.example@{store}"]);
        Assert.Contains("marie", map["marie@exemple.be"], StringComparison.Ordinal);
    }

    private static async Task AssertAccountsAsync(CoreFixture core)
    {
        await using var context = core.Database.Open();
        var accounts = await context.Accounts.Include(a => a.Domain).ToDictionaryAsync(a => a.Username.Value);
        Assert.Equal(
            ["exemple0001", "exemple0002", "exemple0004", "jan.dots.example", "marie", "silent"], accounts.Keys.Order(StringComparer.Ordinal));
        Assert.True(PasswordHash.TryParse(accounts["exemple0001"].PasswordHash, out var hash));
        Assert.True(core.Get<PasswordHasher>().Verify(GoodPassword, hash));
        Assert.NotEqual("*5AF2", accounts["exemple0004"].PasswordHash);
        Assert.False(accounts["silent"].Services.HasFlag(MailProtocols.Receiving));
        Assert.Equal(MailProtocols.All, accounts["exemple0001"].Services);
        var domains = await context.Domains.ToDictionaryAsync(d => d.Name.Value);
        Assert.Equal(["dots.example", "exemple.be", "free.example", "moved.example"], domains.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((NamingScheme.Numbered, "exemple", 3), (domains["exemple.be"].NamingScheme, domains["exemple.be"].Prefix.Value, domains["exemple.be"].MaxAccounts));
        Assert.Equal((NamingScheme.Free, NamingScheme.LocalPartAndDomain), (domains["free.example"].NamingScheme, domains["dots.example"].NamingScheme));
        Assert.Equal((DomainRouting.Relay, "smtp:[192.0.2.9]"), (domains["moved.example"].Routing, domains["moved.example"].NextHop));
    }

    private static void AssertFindings(SourceServer source) => Assert.Equal(
        [
            (TakeoverFault.AdminLeftOut, "jens"), (TakeoverFault.DomainRefused, "news.example"), (TakeoverFault.ForeignAddress, "marie@exemple.be"),
            (TakeoverFault.HashUnknown, "exemple0004"), (TakeoverFault.LimitRaised, "exemple.be"), (TakeoverFault.Off, "silent@free.example"),
            (TakeoverFault.Orphan, "ghost0009"), (TakeoverFault.Orphan, "lost0001"), (TakeoverFault.Orphan, "old@exemple.be"),
        ],
        source.Findings.Select(f => (f.Fault, f.Subject)).OrderBy(f => f.Fault.ToString(), StringComparer.Ordinal)
            .ThenBy(f => f.Subject, StringComparer.Ordinal));

    private static async Task<List<string>> CarryOutAsync(CoreFixture core, SourceServer source)
    {
        var takeovers = core.Get<TakeoverService>();
        var created = await takeovers.CreateDomainsAsync(source, Actor.Panel);
        var import = Value(await core.Get<ImportService>().PreviewAsync(
            new(TakeoverService.ListOf(source), null, "web-cyradm", false), Actor.Panel));
        Value(await core.Get<ImportService>().StartAsync(import.Id, Actor.Panel));
        while (await core.Get<ImportRepository>().FindAnyAsync(import.Id, default) is { State: ImportState.Running })
            await core.Get<ImportSteps>().StepAsync(import.Id, default);
        var wrong = await core.Get<ImportRepository>().WrongAsync(import.Id);
        var finished = await takeovers.FinishAsync(source, Actor.Panel);
        return [.. wrong.Select(w => w.Row.Subject + " " + w.Row.Problems), .. created.Findings.Concat(finished).Select(f => $"{f.Subject} {f.Detail}")];
    }

    private static async Task<ImportTotals> PreviewAsync(CoreFixture core, SourceServer source)
    {
        var import = Value(await core.Get<ImportService>().PreviewAsync(
            new(TakeoverService.ListOf(source), null, "web-cyradm", false), Actor.Panel));
        return await core.Get<ImportRepository>().TotalsAsync(import.Id);
    }
}
