using System.Globalization;
using System.Text;

namespace MailAdmin.Core.Dns;

/// <summary>Writes records as a zone file has them (RFC 1035, section 5.1).</summary>
public static class ZoneFragment
{
    /// <summary>The longest string of a TXT record in octets; a longer text is several strings (RFC 7208, section 3.3).</summary>
    private const int LongestString = 255;

    /// <param name="records">Written in this order, one a line, with full names.</param>
    /// <param name="timeToLive">How long caches are to keep them.</param>
    public static string Of(IEnumerable<DnsRecord> records, TimeSpan timeToLive)
    {
        var seconds = ((long)timeToLive.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return string.Concat(records.Select(r => $"{r.Name}. {seconds} IN {NameOf(r.Type)} {DataOf(r)}\n"));
    }

    /// <summary>The type's name in zone files and forms: MX, TXT.</summary>
    public static string NameOf(DnsType type) => type.ToString().ToUpperInvariant();

    private static string DataOf(DnsRecord record) =>
        record.Type == DnsType.Txt ? string.Join(' ', Strings(record.Data).Select(Quote)) : record.Value;

    private static IEnumerable<string> Strings(string text) =>
        text.Length == 0 ? [""] : text.Chunk(LongestString).Select(c => new string(c));

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            if (c is '"' or '\\') quoted.Append('\\');
            quoted.Append(c);
        }
        return quoted.Append('"').ToString();
    }
}
