using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MailAdmin.Core.Accounts;
using MailAdmin.Provisioning.Servers;
using MailAdmin.Provisioning.Sieve;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>What an admin should know about a mailbox before an account takes it over.</summary>
/// <param name="ChangedAt">When the mailbox itself last changed, most often because mail arrived.</param>
public sealed record ForeignMailbox(
    FoundMailbox Facts, IReadOnlyList<string> FolderNames, DateTimeOffset? MadeAt, DateTimeOffset? ChangedAt)
{
    /// <summary>The limit that the server applies; null for none.</summary>
    public Quota? Limit { get; init; }

    /// <summary>A hash of the facts that a decision rests on; mail that arrives meanwhile does not change it.</summary>
    public string Stamp =>
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes($"{Facts.Id}\n{string.Join('\n', Facts.Rights)}\n{Facts.Script}")))[..16];
}

/// <summary>Looks at a mailbox that has an account's name and is not the account's. It only reads.</summary>
public sealed class ForeignMailboxes
{
    private const string ChangedEntry = "/shared/vendor/cmu/cyrus-imapd/lastupdate";

    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(3);

    private readonly CyrusReader _reader;
    private readonly SieveScripts _scripts;
    private readonly string _adminUser;

    internal ForeignMailboxes(CyrusReader reader, SieveScripts scripts, CyrusOptions options) =>
        (_reader, _scripts, _adminUser) = (reader, scripts, options.AdminUser);

    /// <returns>
    /// <c>WasSeen</c> is false when a server can't be asked in time. The mailbox is null when there is none, or when it is the account's.
    /// </returns>
    public async Task<(bool WasSeen, ForeignMailbox? Mailbox)> InspectAsync(AccountMailbox mailbox, CancellationToken cancellationToken)
    {
        var seen = await _reader.TryAskAsync((session, token) => ReadAsync(session, mailbox, token), Budget, cancellationToken);
        if (seen is not { Mailbox: { } found }) return (seen is not null, null);
        return await ScriptAsync(mailbox.Username, cancellationToken) is (true, var script)
            ? (true, found with { Facts = found.Facts with { Script = script } }) : (false, null);
    }

    private async Task<Seen> ReadAsync(CyrusSession session, AccountMailbox mailbox, CancellationToken cancellationToken)
    {
        var met = await MailboxIdentity.ReadAsync(session, mailbox.Username, cancellationToken);
        if (met.Id is null || met.Id == mailbox.Id) return new(null);
        var folders = await MailboxFolders.ListAsync(session, mailbox.Username, cancellationToken);
        // Skip the server's own folders (#sieve, #calendars and the like). Reading the scripts creates #sieve, with the mailbox's rights.
        var seen = folders.Where(f => !f.Name.StartsWith('#')).ToList();
        var rights = await CyrusRights.ReadAsync(session, [.. seen.Select(f => f.FullName)], cancellationToken);
        var foreign = seen.SelectMany((folder, i) => rights[i].Where(r => CyrusRights.IsForeign(r, mailbox.Username, _adminUser))
            .Select(r => folder.Name.Length == 0 ? $"{r}" : $"{folder.Name}: {r}"));
        var facts = new FoundMailbox(met.Id, seen.Sum(f => f.Messages), seen.Sum(f => f.Octets), seen.Count, [.. foreign], null);
        var usage = await CyrusQuotaRoot.ReadAsync(session, [new(mailbox.Username, null)], cancellationToken);
        var madeAt = folders.Count > 0 ? folders[0].MadeAt : null;
        return new(
            new(
                facts, [.. seen.Select(f => f.Name).Where(n => n.Length > 0)], madeAt,
                await ChangedAsync(session, mailbox.Username, cancellationToken))
            {
                Limit = usage[0]?.LimitKiB is { } kib ? new Quota(kib) : null,
            });
    }

    private static async Task<DateTimeOffset?> ChangedAsync(CyrusSession session, Username username, CancellationToken cancellationToken)
    {
        DateTimeOffset? changed = null;
        await session.SendAsync(
            CyrusStep.Identity, [$"GETMETADATA {ImapText.Quote(session.NameOf(username))} ({ChangedEntry})"], (_, line) =>
        {
            if (ImapText.Words(line) is ["METADATA", _, var entries] && ImapText.Words(entries) is [ChangedEntry, var value]
                && DateTimeOffset.TryParseExact(
                    value, "d-MMM-yyyy HH:mm:ss zzz", CultureInfo.InvariantCulture, DateTimeStyles.AllowLeadingWhite, out var at)) changed =
                    at;
        }, cancellationToken);
        return changed;
    }

    private async Task<(bool WasSeen, string? Active)> ScriptAsync(Username username, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Budget);
        try
        {
            return (true, (await _scripts.ListAsync(username, limit.Token)).FirstOrDefault(s => s.IsActive)?.Name);
        }
        catch (Exception e) when (
            e is ServerUnavailableException or ServerRefusedException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return (false, null);
        }
    }

    private sealed record Seen(ForeignMailbox? Mailbox);
}
