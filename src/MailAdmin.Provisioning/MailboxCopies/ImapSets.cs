using System.Globalization;
using System.Text;

namespace MailAdmin.Provisioning.MailboxCopies;

/// <summary>Sets of UIDs as in commands and responses: <c>1:4,7</c> (RFC 3501, sequence-set; RFC 4315, uid-set).</summary>
internal static class ImapSets
{
    // Servers limit the length of a command's line; 8,000 octets is what RFC 7162 advises.
    private const int MaxLength = 7000;

    /// <summary>As few and short sets as possible, each short enough for a command.</summary>
    public static IEnumerable<string> Of(IEnumerable<uint> uids)
    {
        var text = new StringBuilder();
        foreach (var (first, last) in Ranges(uids.Order()))
        {
            if (text.Length > MaxLength)
            {
                yield return text.ToString();
                text.Clear();
            }
            if (text.Length > 0) text.Append(',');
            text.Append(CultureInfo.InvariantCulture, $"{first}");
            if (last > first) text.Append(CultureInfo.InvariantCulture, $":{last}");
        }
        if (text.Length > 0) yield return text.ToString();
    }

    /// <summary>The UIDs of a set in its own order; null if it is malformed or has other than the expected number.</summary>
    public static List<uint>? Parse(string set, int expected)
    {
        var uids = new List<uint>(expected);
        foreach (var part in set.Split(','))
        {
            var ends = part.Split(':');
            if (!TryParse(ends[0], out var first) || !TryParse(ends[^1], out var last)) return null;
            if (last < first || last - first > expected) return null;
            for (var uid = first; uid <= last; uid++) uids.Add(uid);
        }
        return uids.Count == expected ? uids : null;
    }

    private static bool TryParse(string text, out uint uid) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uid);

    private static IEnumerable<(uint First, uint Last)> Ranges(IEnumerable<uint> uids)
    {
        (uint First, uint Last)? range = null;
        foreach (var uid in uids)
        {
            if (range is { } open && uid <= open.Last + 1) range = (open.First, uid);
            else
            {
                if (range is { } done) yield return done;
                range = (uid, uid);
            }
        }
        if (range is { } end) yield return end;
    }
}
