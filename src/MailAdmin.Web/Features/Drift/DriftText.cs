using System.Globalization;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Drift;
using MailAdmin.Core.Routing;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Features.Drift;

/// <summary>Texts about a difference.</summary>
internal static class DriftText
{
    public static string KindOf(DriftKind kind) => kind switch
    {
        DriftKind.MailboxMissing => DriftTexts.MailboxMissing,
        DriftKind.MailboxNotRecorded => DriftTexts.MailboxNotRecorded,
        DriftKind.FoldersMissing => DriftTexts.FoldersMissing,
        DriftKind.QuotaDiffers => DriftTexts.QuotaDiffers,
        DriftKind.RightsMissing => DriftTexts.RightsMissing,
        DriftKind.MailboxOrphaned => DriftTexts.MailboxOrphaned,
        DriftKind.ScriptInactive => DriftTexts.ScriptInactive,
        DriftKind.MapRowMissing => DriftTexts.MapRowMissing,
        DriftKind.MapRowDiffers => DriftTexts.MapRowDiffers,
        DriftKind.MapRowExtra => DriftTexts.MapRowExtra,
        DriftKind.RightsForeign => DriftTexts.RightsForeign,
        DriftKind.ScriptForwards => DriftTexts.ScriptForwards,
        DriftKind.ScriptSender => DriftTexts.ScriptSender,
        DriftKind.MailboxForeign => DriftTexts.MailboxForeign,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>A sentence about the difference and its meaning.</summary>
    public static string Explain(DriftFinding f) => f.Kind switch
    {
        DriftKind.MailboxMissing => DriftTexts.FormatMailboxMissingMeans(f.Subject),
        DriftKind.MailboxNotRecorded => DriftTexts.FormatMailboxNotRecordedMeans(f.Subject),
        DriftKind.FoldersMissing => DriftTexts.FormatFoldersMissingMeans(f.Subject, f.Wanted),
        DriftKind.QuotaDiffers => DriftTexts.FormatQuotaDiffersMeans(f.Subject, Amount(f.Wanted), Amount(f.Found)),
        DriftKind.RightsMissing =>
            DriftTexts.FormatRightsMissingMeans(f.Subject, f.Found is { Length: > 0 } rights ? rights : "—", f.Wanted),
        DriftKind.MailboxOrphaned =>
            f.Found is null
            ? DriftTexts.FormatMailboxOrphanedMeans(f.Subject) : DriftTexts.FormatMailboxOrphanedHolds(f.Subject, Amount(f.Found)),
        DriftKind.ScriptInactive =>
            f.Found is null or "missing" or "inactive"
            ? DriftTexts.FormatScriptInactiveMeans(f.Subject) : DriftTexts.FormatScriptUnread(f.Subject, f.Found),
        DriftKind.RightsForeign => DriftTexts.FormatRightsForeignMeans(f.Subject, f.Found),
        DriftKind.ScriptForwards => DriftTexts.FormatScriptForwardsMeans(f.Subject, f.Found, f.Domain),
        DriftKind.ScriptSender => DriftTexts.FormatScriptSenderMeans(f.Subject, f.Found),
        DriftKind.MapRowMissing => DriftTexts.FormatMapRowMissingMeans(f.Map!.Value.FileName(), f.Host, f.Subject, f.Wanted),
        DriftKind.MapRowDiffers => DriftTexts.FormatMapRowDiffersMeans(f.Map!.Value.FileName(), f.Host, f.Subject, f.Found, f.Wanted),
        DriftKind.MapRowExtra => DriftTexts.FormatMapRowExtraMeans(f.Map!.Value.FileName(), f.Host, f.Subject, f.Found),
        DriftKind.MailboxForeign => DriftTexts.FormatMailboxForeignMeans(f.Subject, f.Found, f.Wanted),
        _ => throw new ArgumentOutOfRangeException(nameof(f), f.Kind, null),
    };

    public static string RepairOf(DriftKind kind, DriftRepair repair) => repair switch
    {
        DriftRepair.Database => DriftTexts.TakeOver,
        _ when kind == DriftKind.ScriptInactive => DriftTexts.SwitchOn,
        _ when kind == DriftKind.RightsForeign => DriftTexts.TakeRights,
        _ when kind is DriftKind.ScriptForwards or DriftKind.ScriptSender => DriftTexts.SetAside,
        _ => DriftTexts.MakeMatch,
    };

    public static string StateOf(DriftRun run) => run.Phase switch
    {
        DriftPhase.Requested => DriftTexts.Requested,
        DriftPhase.Mailboxes => DriftTexts.FormatComparing(run.Done.Shown(), run.Total.Shown()),
        DriftPhase.Scripts => DriftTexts.ComparingScripts,
        DriftPhase.Maps => DriftTexts.ComparingMaps,
        DriftPhase.Failed => DriftTexts.NotFinished,
        _ => DriftTexts.FormatCompared(run.Total.Shown()),
    };

    private static string Amount(string? kib) =>
        long.TryParse(kib, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? QuotaText.Readable(new Quota(number)) : SharedTexts.Unlimited;
}
