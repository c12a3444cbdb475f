using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Backups;

/// <summary>
/// Compares a restored database with the mailboxes that the mail server has, and with a copy of the audit if there is one. Afterwards no
/// account leads to a mailbox that was not made for it, and no new account can get a name that somebody had.
/// </summary>
public sealed class MailboxReconciliation(
    MailDatabase database, AccountService accounts, AccountStateService states, AccountAdoptionService adoption, PassedNames names)
{
    /// <param name="server">Null if it can't be asked: then only the audit counts.</param>
    /// <param name="later">Null if there is no copy of the audit.</param>
    /// <param name="findings">Gets what was found and done.</param>
    /// <param name="actor">Restores the database.</param>
    /// <exception cref="BackupException">The server has none of the accounts' mailboxes.</exception>
    public async Task RunAsync(ServerMailboxes? server, LaterAudit? later, RestoreFindings findings, Actor actor)
    {
        if (server is not null) await RequireMailboxesAsync(server);
        findings.Later = later?.Events ?? [];
        if (later is not null) await RepeatAsync(later, findings, actor);
        await names.PassAsync(server, later, findings, actor);
        if (server is null) return;
        await HoldAsync(server, findings, actor);
        await MakeAccountsAsync(server, later, findings, actor);
    }

    private static bool HasMailbox(Account account, ServerMailboxes server) => server.ByName.ContainsKey(account.Username.Value);

    private async Task<List<Account>> AccountsAsync()
    {
        await using var context = database.Open();
        return await context.Accounts.Include(a => a.Domain).OrderBy(a => a.Id).ToListAsync();
    }

    // An empty server would have every account suspended; it is far more likely that its own backup is still to be put back.
    private async Task RequireMailboxesAsync(ServerMailboxes server)
    {
        var ready = (await AccountsAsync()).Where(a => a.MailboxReady).ToList();
        if (ready.Count > 0 && !ready.Any(a => HasMailbox(a, server)))
            throw new BackupException(BackupProblems.MailboxesMissing(ready.Count));
    }

    private async Task RepeatAsync(LaterAudit later, RestoreFindings findings, Actor actor)
    {
        foreach (var account in await AccountsAsync())
        {
            var name = account.Username.Value;
            if (later.IsDeleted(name) is not { } deleted || deleted == (account.State == AccountState.Deleted)) continue;
            var result = deleted
                ? await accounts.DeleteAsync(account.Id, null, forGood: false, actor) : await accounts.RestoreAsync(account.Id, actor);
            if (result.Succeeded) (deleted ? findings.Deleted : findings.Restored).Add(name);
        }
    }

    private async Task HoldAsync(ServerMailboxes server, RestoreFindings findings, Actor actor)
    {
        foreach (var account in (await AccountsAsync()).Where(a => a is { MailboxReady: true, State: not AccountState.Deleted }))
        {
            var found = server.ByName.GetValueOrDefault(account.Username.Value);
            var isForeign = found?.Id is { } id && account.MailboxId is { } own && own != id;
            if (found is not null && !isForeign) continue;
            findings.Held.Add(new(account.Username.Value, account.Domain!.Name.Display, isForeign));
            if (account.State == AccountState.Active) await states.SuspendAsync(account.Id, account.Version, holdsMail: true, actor);
        }
    }

    private async Task MakeAccountsAsync(ServerMailboxes server, LaterAudit? later, RestoreFindings findings, Actor actor)
    {
        var domains = await DomainsAsync();
        foreach (var name in await OwnerlessAsync(server))
        {
            var known = later?.Account(name);
            var domain = known is null
                ? domains.FirstOrDefault(d => PassedNames.NumberOf(name, d.Prefix) is not null)
                : domains.FirstOrDefault(d => d.Name.Value == known.Domain);
            var mailbox = new OwnerlessMailbox(name, known?.Domain ?? domain?.Name.Display, known?.Address, []);
            if (known is null || domain is null) findings.Ownerless.Add(mailbox);
            else await MakeAccountAsync(mailbox, server.ByName[name], domain, findings, actor);
        }
    }

    private async Task MakeAccountAsync(
        OwnerlessMailbox mailbox, ServerMailbox found, MailDomain domain, RestoreFindings findings, Actor actor)
    {
        if (found.Id is not { } id || !LocalPart.TryParse(mailbox.Address!.Split('@')[0], out var localPart, out _))
        {
            findings.Ownerless.Add(mailbox);
            return;
        }
        var quota = found.LimitKiB is { } limit ? new Quota(limit) : (Quota?)null;
        var plan = await adoption.PlanAsync(new(domain.Id, localPart, Username.Parse(mailbox.Username), id, quota), actor);
        var result = await plan.MakeAsync();
        if (result.Succeeded) findings.Adopted.Add(mailbox);
        else findings.Ownerless.Add(mailbox with { Problems = [.. result.Problems] });
    }

    private async Task<List<MailDomain>> DomainsAsync()
    {
        await using var context = database.Open();
        // The longest prefix first: it is the one that made the name, if one prefix begins another.
        return [.. (await context.Domains.ToListAsync()).OrderByDescending(d => d.Prefix.Value.Length)];
    }

    // Mailboxes that the panel is about to remove are not without an owner.
    private async Task<IEnumerable<string>> OwnerlessAsync(ServerMailboxes server)
    {
        await using var context = database.Open();
        var owned = await context.Accounts.Select(a => a.Username).Concat(context.RetiredUsernames.Select(r => r.Username)).ToListAsync();
        var known = owned.Select(u => u.Value).ToHashSet(StringComparer.Ordinal);
        return server.ByName.Keys.Where(n => !known.Contains(n) && Username.OfMailbox(n) is not null)
            .Order(StringComparer.Ordinal);
    }
}
