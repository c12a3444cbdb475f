using System.Globalization;
using MailAdmin.Core.Audit;
using MailAdmin.Core.Backups;
using MailAdmin.Web.Features.Audit;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Commands.Backups;

/// <summary>Says what a restore found and did, for people and for programs.</summary>
internal sealed class RestoreReport(
    BackupManifest manifest, RestoreTarget target, RestoreFindings findings, bool hasServer, bool hasAudit)
{
    public IEnumerable<string> Lines() => [.. Beginning(), .. Accounts(), .. Mailboxes(), .. Later()];

    public object Document(bool isDryRun, string? folder) => new
    {
        dryRun = isDryRun,
        folder,
        manifest.Host,
        manifest.CreatedAt,
        manifest.Version,
        settings = target.SettingsFile,
        settingsPutBack = target.TakesSettings,
        comparedWithCyrus = hasServer,
        findings.Sessions,
        findings.Links,
        findings.Tokens,
        numbersPassed = findings.Passed,
        namesRetired = findings.Retired,
        accountsMade = findings.Adopted.Select(a => new { a.Username, a.Address }),
        mailboxesWithoutAccount = findings.Ownerless.Select(o => new
        {
            o.Username,
            o.Domain,
            o.Address,
            problems = o.Problems.Select(Problems.TextOf),
        }),
        accountsHeld = findings.Held,
        accountsDeleted = findings.Deleted,
        accountsRestored = findings.Restored,
        purgesPutOff = findings.KeptLonger,
        changesMissing = findings.Later.Select(e => new { e.Id, e.At, actor = e.ActorName, e.Kind, e.Domain, e.Subject }),
    };

    private IEnumerable<string> Beginning()
    {
        var counts = manifest.Counts;
        yield return BackupTexts.FormatFrom(
            manifest.Host, Time(manifest.CreatedAt), manifest.Version, counts.Domains.Shown(), counts.Accounts.Shown());
        yield return target.TakesSettings
            ? BackupTexts.FormatSettingsPutBack(target.SettingsFile) : BackupTexts.FormatSettingsKept(target.SettingsFile);
        if (manifest.Entries.All(e => e.Name != BackupManifest.Key)) yield return BackupTexts.NoKeyRestored;
        yield return BackupTexts.FormatEnded(findings.Sessions.Shown(), findings.Links.Shown());
        if (findings.Tokens > 0) yield return BackupTexts.FormatTokens(findings.Tokens.Shown());
        if (!hasServer) yield return BackupTexts.NotCompared;
        if (!hasAudit) yield return BackupTexts.NoAudit;
    }

    private IEnumerable<string> Accounts() =>
    [
        .. findings.Deleted.Select(BackupTexts.FormatDeletedAgain),
        .. findings.Restored.Select(BackupTexts.FormatRestoredAgain),
        .. findings.KeptLonger.Except(findings.Restored, StringComparer.Ordinal).Select(BackupTexts.FormatKeptLonger),
        .. findings.Held.Select(h => h.IsForeign ? BackupTexts.FormatHeldForeign(h.Username) : BackupTexts.FormatHeldMissing(h.Username)),
    ];

    private IEnumerable<string> Mailboxes() =>
    [
        .. findings.Passed.Select(p => BackupTexts.FormatPassed(p.Domain, p.First.Plain(), p.Last.Plain())),
        .. findings.Retired.Select(BackupTexts.FormatRetired),
        .. findings.Adopted.Select(a => BackupTexts.FormatAdopted(a.Username, a.Address)),
        .. findings.Ownerless.Select(Ownerless),
    ];

    private static string Ownerless(OwnerlessMailbox mailbox) => mailbox.Problems.Count == 0
        ? BackupTexts.FormatOwnerless(mailbox.Username)
        : BackupTexts.FormatNotAdopted(
            mailbox.Username, mailbox.Address, string.Join(' ', mailbox.Problems.Select(Problems.TextOf)));

    private IEnumerable<string> Later() => findings.Later.Count == 0
        ? [] : [BackupTexts.FormatLater(findings.Later.Count.Shown()), .. findings.Later.Select(Event)];

    private static string Event(AuditEvent item) =>
        $"  {Time(item.At)}  {item.ActorName}  {AuditKinds.TextOf(item.Kind)}  {item.Domain}  {item.Subject}";

    private static string Time(DateTimeOffset time) => time.LocalDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}

internal static class PlainNumbers
{
    /// <summary>A number that is part of names, without separators.</summary>
    public static string Plain(this long number) => number.ToString(CultureInfo.InvariantCulture);
}
