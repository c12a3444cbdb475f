namespace MailAdmin.Core.Backups;

/// <summary>A file that is backed up, besides the database.</summary>
/// <param name="Name">Its name in the archive.</param>
/// <param name="Path">Where it is on this host.</param>
public sealed record BackupFile(string Name, string Path);

/// <summary>One entry of an archive.</summary>
/// <param name="Path">Where the file was on the host.</param>
/// <param name="Octets">Its length.</param>
/// <param name="Sha256">In hexadecimal.</param>
public sealed record BackupEntry(string Name, string Path, long Octets, string Sha256);

/// <summary>Numbers of rows, by which a person recognizes a backup.</summary>
public sealed record BackupCounts(long Domains, long Accounts, long Addresses, long Admins, long AuditEvents);

/// <summary>The first entry of an archive: what the others are (docs/decisions/0042).</summary>
/// <param name="Format">Version of the archive's own format.</param>
/// <param name="Version">Version of the panel that made it.</param>
/// <param name="Schema">The database's latest migration.</param>
/// <param name="AuditHead">The end of the audit's chain, as <c>1042:9f86…</c>; null before the first event.</param>
/// <param name="IsAuditWhole">False if the audit had been tampered with already.</param>
public sealed record BackupManifest(
    int Format, string Version, DateTimeOffset CreatedAt, string Host, string Schema, string? AuditHead, bool IsAuditWhole,
    BackupCounts Counts, IReadOnlyList<BackupEntry> Entries)
{
    public const int CurrentFormat = 1;

    /// <summary>The manifest's own name in the archive.</summary>
    public const string FileName = "manifest.json";

    public const string Database = "mailadmin.db";

    /// <summary>The key of the database's secret columns.</summary>
    public const string Key = "mailadmin.key";

    public const string Settings = "settings.json";

    /// <summary>The password of Cyrus' administrator.</summary>
    public const string CyrusSecret = "cyrus-admin.secret";
}
