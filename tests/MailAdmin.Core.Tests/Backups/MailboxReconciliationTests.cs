using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Audit;
using MailAdmin.Core.Backups;
using MailAdmin.Core.Domains;
using Microsoft.EntityFrameworkCore;
using static MailAdmin.Testing.CoreFixture;

namespace MailAdmin.Core.Tests.Backups;

/// <summary>A restored database, and a mail server that went on after the backup.</summary>
public sealed class MailboxReconciliationTests : IAsyncLifetime
{
    private readonly Dictionary<string, ServerMailbox> _mailboxes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _holders = new(StringComparer.Ordinal);
    private CoreFixture _core = null!;
    private MailDomain _domain = null!;
    private Account _first = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _core = await CreateAsync();
        _domain = await _core.AddDomainAsync();
        _first = await _core.AddAccountAsync(_domain, "jean");
        Has(_first.Username.Value, _first.MailboxId);
    }

    public ValueTask DisposeAsync() => _core.DisposeAsync();

    [Fact]
    public async Task Numbers_that_mailboxes_or_rights_have_are_never_given_again()
    {
        Has("exemple0004", MailboxId.New());
        _holders.UnionWith(["exemple0007", "anyone", "exemple99999999999", "exemplex"]);

        var found = await RunAsync();

        Assert.Equal(new PassedNumbers("exemple.be", 2, 7), Assert.Single(found.Passed));
        Assert.Equal("exemple0008", (await _core.AddAccountAsync(_domain, "neuf")).Username.Value);
        Assert.Equal(("exemple0004", "exemple.be"), found.Ownerless.Select(o => (o.Username, o.Domain)).Single());
        Assert.Empty(found.Held);
    }

    [Fact]
    public async Task An_account_whose_mailbox_is_gone_or_another_one_is_held_and_its_mail_waits()
    {
        var second = await _core.AddAccountAsync(_domain, "marie");
        var third = await _core.AddAccountAsync(_domain, "luc");
        Has(third.Username.Value, MailboxId.New());

        var found = await RunAsync();

        Assert.Equal([(second.Username.Value, false), (third.Username.Value, true)], found.Held.Select(h => (h.Username, h.IsForeign)));
        Assert.Equal((AccountState.Suspended, true), await StateAsync(second));
        Assert.Equal((AccountState.Suspended, true), await StateAsync(third));
        Assert.Equal((AccountState.Active, false), await StateAsync(_first));
        Assert.StartsWith("450", (await _core.MapAsync(Core.Routing.PostfixMap.Refused))["marie@exemple.be"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_any_of_the_mailboxes_is_refused_and_nobody_is_suspended()
    {
        _mailboxes.Clear();
        Has("autre0001", MailboxId.New());

        var refusal = await Assert.ThrowsAsync<BackupException>(() => RunAsync());

        Assert.Equal(BackupProblems.MailboxesMissing(1).Code, refusal.Problem.Code);
        Assert.Equal((AccountState.Active, false), await StateAsync(_first));
    }

    [Fact]
    public async Task The_audit_makes_accounts_again_and_repeats_deletions_and_restorals()
    {
        var (gone, back) = (await _core.AddAccountAsync(_domain, "gone"), await _core.AddAccountAsync(_domain, "back"));
        await _core.Accounts.DeleteAsync(back.Id, null, forGood: false, Actor.Panel);
        foreach (var account in (Account[])[gone, back]) Has(account.Username.Value, account.MailboxId);
        await using var other = await _core.CopyAsync();
        var later = await other.Get<AccountService>().CreateAsync(
            new(_domain.Id, Core.Addresses.LocalPart.Parse("apres"), new Quota(1_000), GoodPassword, GoodPassword), Actor.Panel);
        var purged = await other.Get<AccountService>().CreateAsync(
            new(_domain.Id, Core.Addresses.LocalPart.Parse("purged"), null, GoodPassword, GoodPassword), Actor.Panel);
        await other.Get<AccountService>().DeleteAsync(Value(purged).Id, null, forGood: true, Actor.Panel);
        await other.Get<AccountService>().DeleteAsync(gone.Id, null, forGood: false, Actor.Panel);
        await other.Get<AccountService>().RestoreAsync(back.Id, Actor.Panel);
        Has(Value(later).Username.Value, Value(later).MailboxId, 1_000);

        var found = await RunAsync(await AuditOfAsync(other));

        var made = Assert.Single(found.Adopted);
        Assert.Equal((Value(later).Username.Value, "apres@exemple.be"), (made.Username, made.Address));
        Assert.Equal([gone.Username.Value], found.Deleted);
        Assert.Equal([back.Username.Value], found.Restored);
        Assert.Equal([Value(purged).Username.Value], found.Retired);
        await using var context = _core.Database.Open();
        var account2 = await context.Accounts.SingleAsync(a => a.Username == Value(later).Username, Token);
        Assert.Equal((Value(later).MailboxId, new Quota(1_000), false), (account2.MailboxId, account2.Quota, account2.MailboxReady));
        Assert.Equal((AccountState.Deleted, false), await StateAsync(gone));
        Assert.Equal("exemple0006", (await _core.AddAccountAsync(_domain, "neuf")).Username.Value);
        Assert.True((await _core.Get<AuditVerifier>().VerifyAsync([], null, Token)).IsWhole);
    }

    [Fact]
    public async Task An_audit_of_another_database_or_with_a_changed_event_is_refused()
    {
        var head = await _core.Get<AuditVerifier>().HeadAsync(Token);
        await using var other = await _core.CopyAsync();
        await other.Get<AccountService>().DeleteAsync(_first.Id, null, forGood: false, Actor.Panel);
        var file = await AuditOfAsync(other);
        Assert.Single((await LaterAudit.ReadAsync(file, head!, Token)).Events);

        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, Token)).Replace("forGood", "forEver"), Token);
        await Assert.ThrowsAsync<BackupException>(() => LaterAudit.ReadAsync(file, head!, Token));
        await Assert.ThrowsAsync<BackupException>(() => LaterAudit.ReadAsync(file, head! with { Hash = new string('a', 64) }, Token));
        await File.WriteAllTextAsync(file, "zut\n", Token);
        var refusal = await Assert.ThrowsAsync<BackupException>(() => LaterAudit.ReadAsync(file, head!, Token));
        Assert.Equal(("BackupAuditLineMalformed", 1), (refusal.Problem.Code, refusal.Problem.Args[1]));
    }

    private async Task<RestoreFindings> RunAsync(string? audit = null)
    {
        var head = (await _core.Get<AuditVerifier>().HeadAsync(Token))!;
        var findings = new RestoreFindings();
        var later = audit is null ? null : await LaterAudit.ReadAsync(audit, head, Token);
        await _core.Get<MailboxReconciliation>().RunAsync(new(_mailboxes, _holders), later, findings, Actor.Panel);
        return findings;
    }

    private async Task<string> AuditOfAsync(DatabaseCopy database)
    {
        var file = Path.Combine(Path.GetDirectoryName(_core.File)!, "audit.jsonl");
        await File.WriteAllLinesAsync(
            file, (await database.Get<AuditRepository>().ReadAfterAsync(0, Token).ToListAsync(Token)).Select(AuditLines.Of), Token);
        return file;
    }

    private void Has(string name, MailboxId? id, long? limit = null) => _mailboxes[name] = new(id, limit);

    private async Task<(AccountState State, bool Holds)> StateAsync(Account account)
    {
        await using var context = _core.Database.Open();
        var now = await context.Accounts.SingleAsync(a => a.Id == account.Id, Token);
        return (now.State, now.HoldsMail);
    }
}
