using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using MailAdmin.Core.Results;

namespace MailAdmin.Core.Accounts;

/// <summary>
/// An amount of mail in whole units of 1 024 octets, which IMAP calls STORAGE (RFC 2087) and the manual KBytes. No limit is the absence of
/// a quota (null). A quota of 0 accepts no mail; it can no longer be set.
/// </summary>
/// <param name="KiB">Units of 1 024 octets, 0 or more.</param>
public readonly partial record struct Quota(long KiB) : IComparable<Quota>
{
    /// <summary>2 TiB less one: the largest STORAGE limit that Cyrus accepts.</summary>
    public const long MaxKiB = int.MaxValue;

    private const int MaxDigits = 15;

    public int CompareTo(Quota other) => KiB.CompareTo(other.KiB);

    public static bool operator <(Quota left, Quota right) => left.KiB < right.KiB;

    public static bool operator >(Quota left, Quota right) => left.KiB > right.KiB;

    public static bool operator <=(Quota left, Quota right) => left.KiB <= right.KiB;

    public static bool operator >=(Quota left, Quota right) => left.KiB >= right.KiB;

    /// <summary>
    /// Parses user input: <c>25000</c>, <c>25 000 Ko</c>, <c>25'000</c>, <c>25 MB</c>, <c>1,5 Go</c>. Without a unit it is KB. Fractions of
    /// a KiB are rounded to the nearest (1.1 GB). Spaces and apostrophes group thousands. In KB a point or comma before three digits groups
    /// thousands; in larger units it is ambiguous (1,500 MB), so it is refused.
    /// </summary>
    public static bool TryParse(string? text, out Quota quota, [NotNullWhen(false)] out Problem? problem)
    {
        (quota, problem) = (default, null);
        var plain = string.Concat((text ?? "").Trim().Select(Plain));
        if (plain.Length == 0) problem = QuotaProblems.Missing;
        else if (KiBOf(Shape().Match(plain)) is not { } kib) problem = QuotaProblems.Malformed(text!.Trim());
        else if (kib > MaxKiB) problem = QuotaProblems.TooLarge(new Quota(MaxKiB));
        else if (kib < 1) problem = QuotaProblems.Zero;
        else quota = new Quota((long)kib);
        return problem is null;
    }

    private static char Plain(char c) => char.IsWhiteSpace(c) ? ' ' : c == '’' ? '\'' : c;

    private static decimal? KiBOf(Match match)
    {
        if (!match.Success) return null;
        var unit = match.Groups["unit"].Value.ToUpperInvariant();
        var inKiB = unit.Length == 0 || unit[0] == 'K';
        var number = match.Groups["number"].Value.Replace(" ", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal);
        if (Thousands().IsMatch(number))
        {
            if (!inKiB) return null;
            number = number.Replace(".", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal);
        }
        number = number.Replace(',', '.');
        if (number.Count(c => c == '.') > 1) return null;
        // More than any server has, and more than decimal arithmetic can multiply.
        if (number.Split('.')[0].TrimStart('0').Length > MaxDigits) return decimal.MaxValue;
        var amount = decimal.Parse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        var kib = amount * (inKiB ? 1 : unit[0] switch { 'M' => 1024, 'G' => 1024 * 1024, _ => 1024 * 1024 * 1024 });
        return amount > 0 && kib < 1 ? 1 : decimal.Round(kib, MidpointRounding.AwayFromZero);
    }

    // Both cases are listed because IgnoreCase would also match the Kelvin sign as a k.
    [GeneratedRegex(
        @"^(?<number>([0-9]{1,3}((?<group>[ '])[0-9]{3})(\k<group>[0-9]{3})*|[0-9]{1,40})([.,][0-9]{1,6})*) *(?<unit>[kmgtKMGT]([iI]?[bBoO])?)?$", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Shape();

    [GeneratedRegex(@"^[0-9]{1,3}([.,][0-9]{3})+$", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Thousands();
}

/// <summary>Reasons why a text is not a valid or an allowed quota.</summary>
public static class QuotaProblems
{
    public static Problem Missing { get; } = new("QuotaMissing");

    public static Problem Malformed(string text) => new("QuotaMalformed", null, text);

    /// <summary>
    /// A quota of 0 would bounce everything without explanation: suspending the account, or switching receiving off, explains it.
    /// </summary>
    public static Problem Zero { get; } = new("QuotaZero");

    public static Problem TooLarge(Quota max) => new("QuotaTooLarge", null, max);

    public static Problem AboveDomainMaximum(Quota max) => new("QuotaAboveDomainMaximum", null, max);

    public static Problem DomainTotalExceeded(Quota left, Quota total) => new("QuotaDomainTotalExceeded", null, left, total);
}
