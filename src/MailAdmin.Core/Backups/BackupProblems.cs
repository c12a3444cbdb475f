using MailAdmin.Core.Results;

namespace MailAdmin.Core.Backups;

/// <summary>Reasons why a backup can't be made or restored.</summary>
public static class BackupProblems
{
    public static Problem PassphraseWrong { get; } = new("BackupPassphraseWrong");
    public static Problem SettingsMissing { get; } = new("BackupSettingsMissing");

    /// <param name="file">The archive.</param>
    /// <param name="detail">What was found, in English.</param>
    public static Problem Damaged(string file, string detail) => new("BackupDamaged", null, file, detail);

    public static Problem NotABackup(string file) => new("BackupNotOne", null, file);

    /// <param name="version">The version of the panel that made it.</param>
    public static Problem FormatUnknown(string version) => new("BackupFormatUnknown", null, version);

    /// <inheritdoc cref="FormatUnknown"/>
    public static Problem Newer(string version) => new("BackupNewer", null, version);

    public static Problem PassphraseMissing(string file) => new("BackupPassphraseMissing", null, file);

    public static Problem NotEncrypted(string file) => new("BackupNotEncrypted", null, file);

    /// <param name="file">The database.</param>
    /// <param name="faults">What its check found, in English.</param>
    public static Problem DatabaseDamaged(string file, string faults) => new("BackupDatabaseDamaged", null, file, faults);

    public static Problem DatabaseInUse(string file) => new("BackupDatabaseInUse", null, file);

    public static Problem CommandUsesDatabase(string file) => new("BackupCommandUsesDatabase", null, file);

    /// <param name="file">The database, which a newer version has migrated.</param>
    public static Problem NoCopyToGoBackTo(string file) => new("BackupNoCopyToGoBackTo", null, file);

    /// <param name="accounts">How many accounts of the backup had one.</param>
    public static Problem MailboxesMissing(int accounts) => new("BackupMailboxesMissing", null, accounts);

    public static Problem MailboxMissing(string username) => new("BackupMailboxMissing", null, username);

    /// <param name="file">A copy of the audit.</param>
    /// <param name="id">The first event that is another one.</param>
    public static Problem AuditOfAnother(string file, long id) => new("BackupAuditOfAnother", null, file, id);

    /// <inheritdoc cref="AuditOfAnother"/>
    public static Problem AuditGap(string file, long id) => new("BackupAuditGap", null, file, id);

    public static Problem AuditLineMalformed(string file, int line) => new("BackupAuditLineMalformed", null, file, line);
}
