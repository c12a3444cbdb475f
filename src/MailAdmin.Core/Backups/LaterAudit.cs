using MailAdmin.Core.Audit;

namespace MailAdmin.Core.Backups;

/// <summary>An account that was made after the backup, as the audit says.</summary>
public sealed record LaterAccount(string Username, string Domain, string Address);

/// <summary>What a copy of the audit says about the time after the backup.</summary>
public sealed class LaterAudit
{
    private readonly Dictionary<string, LaterAccount> _created = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _isDeleted = new(StringComparer.Ordinal);

    private LaterAudit(IReadOnlyList<AuditEvent> events) => Events = events;

    public IReadOnlyList<AuditEvent> Events { get; }

    /// <summary>Every username that was given after the backup, also to an account that is deleted by now.</summary>
    public IEnumerable<string> Names => _created.Keys;

    /// <param name="path">A copy of the audit, as <c>mailadmin audit export</c> writes it.</param>
    /// <param name="head">The end of the backup's audit.</param>
    /// <exception cref="BackupException">It does not continue the backup's audit, or was changed.</exception>
    public static async Task<LaterAudit> ReadAsync(string path, AuditHead head, CancellationToken cancellationToken)
    {
        var events = new List<AuditEvent>();
        await foreach (var item in AuditLines.ReadAsync(path, cancellationToken))
        {
            if (item.Id == head.Id && item.Hash != head.Hash)
                throw new BackupException(BackupProblems.AuditOfAnother(path, item.Id));
            if (item.Id <= head.Id) continue;
            var (last, hash) = events.Count == 0 ? (head.Id, head.Hash) : (events[^1].Id, events[^1].Hash);
            if (item.Id != last + 1 || item.Hash != AuditTrail.HashOf(hash, item))
                throw new BackupException(BackupProblems.AuditGap(path, item.Id));
            events.Add(item);
        }
        var audit = new LaterAudit(events);
        foreach (var item in events) audit.Take(item);
        return audit;
    }

    /// <summary>An account that was made after the backup and was not deleted since; null if there is none of that name.</summary>
    public LaterAccount? Account(string username) => IsDeleted(username) == true ? null : _created.GetValueOrDefault(username);

    /// <summary>Whether the account was last deleted or last restored; null if neither happened after the backup.</summary>
    public bool? IsDeleted(string username) => _isDeleted.TryGetValue(username, out var deleted) ? deleted : null;

    private void Take(AuditEvent item)
    {
        switch (item.Kind)
        {
            case "account.created" or "account.adopted"
                when AuditLines.Field(item.After, "address") is { } address && item.Domain is { } domain:
                _created[item.Subject] = new(item.Subject, domain, address);
                break;
            case "account.username-changed" when AuditLines.Field(item.Before, "username") is { } former
                && _created.Remove(former, out var renamed):
                _created[item.Subject] = renamed with { Username = item.Subject };
                break;
            case "account.deleted" or "account.purged":
                _isDeleted[item.Subject] = true;
                break;
            case "account.restored":
                _isDeleted[item.Subject] = false;
                break;
        }
    }
}
