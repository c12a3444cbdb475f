using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Imports;
using MailAdmin.Core.Passwords;
using MailAdmin.Core.Routing;
using MailAdmin.Core.Takeovers;
using MailAdmin.Provisioning.Takeovers;
using MailAdmin.Testing.Servers;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Provisioning.Tests.Takeovers;

/// <summary>A web-cyradm database on real servers, with rows as its pages write them, is taken over.</summary>
public sealed class WebCyradmTakeoverTests
{
    [Theory]
    [InlineData(SourceKind.MySql)]
    [InlineData(SourceKind.PostgreSql)]
    public async Task Each_meaning_of_virtual_and_each_naming_mode_arrives_and_again_changes_nothing(SourceKind kind)
    {
        await using var server = await PrivateDatabaseServer.StartAsync(kind);
        await server.RunAsync(WebCyradmTables.For(kind));
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
        var store = map["gugus@exemple.be"].Split('@')[1];
        Assert.Equal($"exemple0001@{store}", map["gugus@exemple.be"]);
        Assert.Equal($"exemple0001@{store}", map["dupont@exemple.be"]);
        Assert.Equal($"exemple0001@{store}", map["dupont@other.example"]);
        Assert.Equal($"exemple0001@{store}", map["@exemple.be"]);
        Assert.Contains("friend@far.example", map["team@exemple.be"], StringComparison.Ordinal);
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
            ["exemple0001", "exemple0002", "exemple0004", "jan.dots.example", "marie", "silent"],
            accounts.Keys.Order(StringComparer.Ordinal));
        Assert.True(PasswordHash.TryParse(accounts["exemple0001"].PasswordHash, out var hash));
        Assert.True(core.Get<PasswordHasher>().Verify(GoodPassword, hash));
        Assert.NotEqual("*5AF2", accounts["exemple0004"].PasswordHash);
        Assert.False(accounts["silent"].Services.HasFlag(MailProtocols.Receiving));
        Assert.Equal(MailProtocols.All, accounts["exemple0001"].Services);
        var domains = await context.Domains.ToDictionaryAsync(d => d.Name.Value);
        Assert.Equal(["dots.example", "exemple.be", "free.example", "moved.example"], domains.Keys.Order(StringComparer.Ordinal));
        var exemple = domains["exemple.be"];
        Assert.Equal((NamingScheme.Numbered, "exemple", 3), (exemple.NamingScheme, exemple.Prefix.Value, exemple.MaxAccounts));
        Assert.Equal(NamingScheme.Free, domains["free.example"].NamingScheme);
        Assert.Equal(NamingScheme.LocalPartAndDomain, domains["dots.example"].NamingScheme);
        Assert.Equal((DomainRouting.Relay, "smtp:[192.0.2.9]"), (domains["moved.example"].Routing, domains["moved.example"].NextHop));
    }

    private static void AssertFindings(SourceServer source) => Assert.Equal(
        [
            (TakeoverFault.AdminLeftOut, "jens"), (TakeoverFault.DomainRefused, "news.example"),
            (TakeoverFault.ForeignAddress, "marie@exemple.be"),
            (TakeoverFault.HashUnknown, "exemple0004"), (TakeoverFault.LimitRaised, "exemple.be"),
            (TakeoverFault.Off, "silent@free.example"),
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
        return [.. wrong.Select(w => $"{w.Row.Subject} {w.Row.Problems}"),
            .. created.Findings.Concat(finished).Select(f => $"{f.Subject} {f.Detail}")];
    }

    private static async Task<ImportTotals> PreviewAsync(CoreFixture core, SourceServer source)
    {
        var import = Value(await core.Get<ImportService>().PreviewAsync(
            new(TakeoverService.ListOf(source), null, "web-cyradm", false), Actor.Panel));
        return await core.Get<ImportRepository>().TotalsAsync(import.Id);
    }
}
