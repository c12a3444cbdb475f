using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MailAdmin.Core.Dns;

/// <summary>A mechanism or modifier of an SPF record.</summary>
/// <param name="Verdict">What a match means.</param>
/// <param name="Name">In lower case: <c>include</c>, <c>redirect</c>.</param>
/// <param name="Value">What follows the colon or the equals sign; null if nothing does.</param>
/// <param name="Prefix4">How many bits of an IPv4 address count.</param>
/// <param name="Prefix6">How many bits of an IPv6 address count.</param>
public sealed record SpfTerm(SpfVerdict Verdict, string Name, string? Value, int Prefix4, int Prefix6);

/// <summary>A parsed SPF record (RFC 7208).</summary>
/// <param name="Terms">The mechanisms in their order.</param>
/// <param name="Redirect">The domain whose record applies if nothing matches; null if there is none.</param>
public sealed record SpfRecord(IReadOnlyList<SpfTerm> Terms, string? Redirect)
{
    private const string Version = "v=spf1";
    private const int Bits4 = 32;
    private const int Bits6 = 128;
    private static readonly string[] Known = ["all", "include", "a", "mx", "ptr", "ip4", "ip6", "exists"];

    /// <summary>Whether the text is an SPF record at all (section 4.5).</summary>
    public static bool IsOne(string text) => text.Equals(Version, StringComparison.OrdinalIgnoreCase)
        || text.StartsWith(Version + " ", StringComparison.OrdinalIgnoreCase);

    /// <summary>One record that allows what a wanted one allows, and then what those allow that are there.</summary>
    /// <param name="wanted">Ends with <c>all</c>.</param>
    /// <param name="present">The records as they are; the end of the first one that has one is the end of the result.</param>
    public static string Merged(string wanted, IReadOnlyList<string> present)
    {
        var first = TermsOf(wanted);
        var others = present.SelectMany(TermsOf).ToList();
        var end = others.Find(IsEnd) ?? first[^1];
        return string.Join(' ', [Version, .. first.Concat(others).Where(t => !IsEnd(t)).Distinct(StringComparer.OrdinalIgnoreCase), end]);
    }

    /// <returns>False if the record has an error, for which receivers ignore it as a whole.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out SpfRecord? record)
    {
        (record, var redirect, var terms) = (null, (string?)null, new List<SpfTerm>());
        foreach (var part in text[Version.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (ModifierOf(part) is { } modifier)
            {
                if (modifier.Name == "redirect") redirect = modifier.Value;
            }
            else if (TermOf(part) is { } term) terms.Add(term);
            else return false;
        }
        record = new(terms, redirect);
        return true;
    }

    private static string[] TermsOf(string text) => text[Version.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static bool IsEnd(string term) =>
        term.TrimStart('+', '-', '~', '?').Equals("all", StringComparison.OrdinalIgnoreCase)
        || term.StartsWith("redirect=", StringComparison.OrdinalIgnoreCase);

    // Unknown modifiers are ignored (section 6).
    private static (string Name, string Value)? ModifierOf(string part)
    {
        var sign = part.IndexOf('=', StringComparison.Ordinal);
        return sign > 0 && char.IsAsciiLetter(part[0]) && !part.AsSpan(0, sign).ContainsAny(':', '/')
            ? (part[..sign].ToLowerInvariant(), part[(sign + 1)..]) : null;
    }

    private static SpfTerm? TermOf(string part)
    {
        var verdict = part[0] switch
        {
            '-' => SpfVerdict.Fail,
            '~' => SpfVerdict.SoftFail,
            '?' => SpfVerdict.Neutral,
            _ => SpfVerdict.Pass,
        };
        var plain = part[0] is '+' or '-' or '~' or '?' ? part[1..] : part;
        var end = plain.AsSpan().IndexOfAny(':', '/');
        var name = (end < 0 ? plain : plain[..end]).ToLowerInvariant();
        if (!Known.Contains(name, StringComparer.Ordinal)) return null;
        var rest = end < 0 ? "" : plain[end] == ':' ? plain[(end + 1)..] : plain[end..];
        return name is "ip4" or "ip6" ? NetworkOf(verdict, name, rest) : HostOf(verdict, name, rest);
    }

    private static SpfTerm? NetworkOf(SpfVerdict verdict, string name, string rest)
    {
        var (slash, bits) = (rest.IndexOf('/', StringComparison.Ordinal), name == "ip4" ? Bits4 : Bits6);
        if (slash >= 0 && BitsOf(rest[(slash + 1)..], bits) is null) return null;
        var prefix = slash < 0 ? bits : BitsOf(rest[(slash + 1)..], bits)!.Value;
        return new(verdict, name, slash < 0 ? rest : rest[..slash], prefix, prefix);
    }

    // a:host.example/24//64
    private static SpfTerm? HostOf(SpfVerdict verdict, string name, string rest)
    {
        var (prefix4, prefix6, host) = (Bits4, Bits6, rest);
        if (host.IndexOf("//", StringComparison.Ordinal) is >= 0 and var second)
        {
            if (BitsOf(host[(second + 2)..], Bits6) is not { } bits) return null;
            (prefix6, host) = (bits, host[..second]);
        }
        if (host.IndexOf('/', StringComparison.Ordinal) is >= 0 and var first)
        {
            if (BitsOf(host[(first + 1)..], Bits4) is not { } bits) return null;
            (prefix4, host) = (bits, host[..first]);
        }
        return name is "include" or "exists" && host.Length == 0 ? null
            : new(verdict, name, host.Length == 0 ? null : host.TrimEnd('.').ToLowerInvariant(), prefix4, prefix6);
    }

    private static int? BitsOf(string text, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bits) && bits <= most ? bits : null;
}
