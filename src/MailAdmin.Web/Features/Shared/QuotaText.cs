using System.Globalization;
using MailAdmin.Core.Accounts;
using MailAdmin.Provisioning.Cyrus;

namespace MailAdmin.Web.Features.Shared;

/// <summary>Amounts of mail in the reader's language: <c>7 420 / 25 000 Ko · 29,68 %</c>.</summary>
public static class QuotaText
{
    private const long KiBPerMiB = 1024;
    private const long KiBPerGiB = 1024 * 1024;

    /// <summary>25 000 Ko; a text for no limit.</summary>
    public static string Of(Quota? quota) => quota is { } limit ? SharedTexts.FormatKibibytes(limit.KiB.Shown()) : SharedTexts.Unlimited;

    /// <summary>25 000 Ko (24,41 Mo): the manual's unit, followed by a larger unit if there is one.</summary>
    public static string Readable(Quota? quota) => quota switch
    {
        { KiB: >= KiBPerGiB } large =>
            SharedTexts.FormatAmountWithUnit(Of(quota), SharedTexts.FormatGigabytes(Rounded(large.KiB, KiBPerGiB))),
        { KiB: >= KiBPerMiB } middle =>
            SharedTexts.FormatAmountWithUnit(Of(quota), SharedTexts.FormatMegabytes(Rounded(middle.KiB, KiBPerMiB))),
        _ => Of(quota),
    };

    /// <summary>The size of a message, rounded up to whole KB.</summary>
    public static string OfOctets(long octets) => Readable(new Quota((octets + 1023) / 1024));

    /// <summary>For a form field: digits only; empty for no limit.</summary>
    public static string Plain(Quota? quota) => quota?.KiB.ToString(CultureInfo.InvariantCulture) ?? "";

    /// <summary>Usage and limit, with the share in percent if there is a limit.</summary>
    public static string Of(QuotaUsage usage) => usage switch
    {
        { LimitKiB: null, UsedKiB: null } => SharedTexts.Unlimited,
        { LimitKiB: null } => SharedTexts.FormatUsedUnlimited(usage.UsedKiB!.Value.Shown()),
        { LimitKiB: 0 } => SharedTexts.FormatUsedOfNothing((usage.UsedKiB ?? 0).Shown()),
        _ => SharedTexts.FormatUsed((usage.UsedKiB ?? 0).Shown(), usage.LimitKiB.Value.Shown(), Share(Percent(usage)!.Value)),
    };

    /// <summary>The used share, 1 for full; null if there is no limit.</summary>
    public static decimal? Percent(QuotaUsage usage) => usage.LimitKiB is > 0 ? (decimal)(usage.UsedKiB ?? 0) / usage.LimitKiB.Value : null;

    // .NET writes a plain space before the percent sign, which would allow a line break.
    private static string Share(decimal share) => share.ToString("P2", CultureInfo.CurrentCulture).Replace(' ', '\u00a0');

    private static string Rounded(long kib, long unit) => ((decimal)kib / unit).ToString("#,0.##", CultureInfo.CurrentCulture);

    /// <summary>The CSS class for normal, nearly full or full; a limit of 0 accepts no mail, so it counts as full.</summary>
    public static string LevelOf(QuotaUsage usage, int warningPercent) => Percent(usage) switch
    {
        null => usage.LimitKiB == 0 ? "bad" : "",
        >= 1 => "bad",
        { } share when share * 100 >= warningPercent => "wait",
        _ => "",
    };
}
