using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using MailAdmin.Core.Results;

namespace MailAdmin.Core.Accounts;

/// <summary>
/// An amount of mail: whole units of 1 024 octets, which IMAP calls STORAGE (RFC 2087) and the manual KBytes. No limit is the absence of
/// a quota (null); a quota of 0 takes nothing.
/// </summary>
/// <param name="KiB">Units of 1 024 octets, 0 or more.</param>
public readonly partial record struct Quota(long KiB) : IComparable<Quota>
{
    /// <summary>2 TiB less one: the largest STORAGE limit that Cyrus takes.</summary>
    public const long MaxKiB = int.MaxValue;

    public int CompareTo(Quota other) => KiB.CompareTo(other.KiB);

    public static bool operator <(Quota left, Quota right) => left.KiB < right.KiB;

    public static bool operator >(Quota left, Quota right) => left.KiB > right.KiB;

    public static bool operator <=(Quota left, Quota right) => left.KiB <= right.KiB;

    public static bool operator >=(Quota left, Quota right) => left.KiB >= right.KiB;

    /// <summary>
    /// Reads what people type: <c>25000</c>, <c>25 000 Ko</c>, <c>25 MB</c>, <c>1,5 Go</c>. Without a unit it is KB. In KB a separator before
    /// three digits groups thousands; in larger units that would be read either way (1,500 MB), so it is refused. What is not a whole number of
    /// KiB is refused too, never rounded.
    /// </summary>
    public static bool TryParse(string? text, out Quota quota, [NotNullWhen(false)] out Problem? problem)
    {
        (quota, problem) = (default, null);
        var plain = string.Concat((text ?? "").Where(c => !char.IsWhiteSpace(c) && c is not ('\'' or '’')));
        if (plain.Length == 0) problem = QuotaProblems.Missing;
        else if (KiBOf(Shape().Match(plain)) is not { } kib) problem = QuotaProblems.Malformed(text!.Trim());
        else if (kib > MaxKiB) problem = QuotaProblems.TooLarge(new Quota(MaxKiB));
        else quota = new Quota((long)kib);
        return problem is null;
    }

    private static decimal? KiBOf(Match match)
    {
        if (!match.Success) return null;
        var unit = match.Groups["unit"].Value.ToUpperInvariant();
        var number = match.Groups["number"].Value;
        var inKiB = unit.Length == 0 || unit[0] == 'K';
        if (Thousands().IsMatch(number))
        {
            if (!inKiB) return null;
            number = number.Replace(".", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal);
        }
        if (!decimal.TryParse(number.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)) return null;
        var kib = amount * (inKiB ? 1 : unit[0] switch { 'M' => 1024, 'G' => 1024 * 1024, _ => 1024 * 1024 * 1024 });
        return kib == decimal.Truncate(kib) ? kib : null;
    }

    // Both cases spelled out: to IgnoreCase the Kelvin sign is a k as well.
    [GeneratedRegex(@"^(?<number>[0-9]{1,15}([.,][0-9]{1,6})*)(?<unit>[kmgtKMGT]([iI]?[bBoO])?)?$", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Shape();

    [GeneratedRegex(@"^[0-9]{1,3}([.,][0-9]{3})+$", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Thousands();
}

/// <summary>Why a text is no quota, or none that is allowed.</summary>
public static class QuotaProblems
{
    public static Problem Missing { get; } = new("QuotaMissing");

    public static Problem Malformed(string text) => new("QuotaMalformed", null, text);

    public static Problem TooLarge(Quota max) => new("QuotaTooLarge", null, max);

    public static Problem AboveDomainMaximum(Quota max) => new("QuotaAboveDomainMaximum", null, max);

    public static Problem DomainTotalExceeded(Quota left) => new("QuotaDomainTotalExceeded", null, left);
}
