using System.Globalization;
using System.Text;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>Parses the words of an IMAP answer (RFC 3501): atoms, quoted strings, and parenthesized lists as one word.</summary>
internal static class ImapText
{
    public static List<string> Words(string text)
    {
        var words = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            if (text[at] == ' ') at++;
            else if (text[at] == '"') words.Add(Quoted(text, ref at));
            else if (text[at] == '(') words.Add(List(text, ref at));
            else words.Add(Atom(text, ref at));
        }
        return words;
    }

    /// <summary>Quotes a word for sending; no name of a user or a domain needs a literal.</summary>
    public static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>
    /// Decodes a folder name from modified UTF-7 (RFC 3501, 5.1.3) to the name that users see; a malformed name is returned unchanged.
    /// </summary>
    public static string Decode(string name)
    {
        var text = new StringBuilder();
        for (var at = 0; at < name.Length; at++)
        {
            var end = name[at] == '&' ? name.IndexOf('-', at) : -1;
            if (end < 0) text.Append(name[at]);
            else if (end == at + 1) text.Append('&');
            else if (!TryDecode(name[(at + 1)..end], text)) return name;
            if (end >= 0) at = end;
        }
        return text.ToString();
    }

    /// <summary>Encodes a folder name in modified UTF-7, as the server has it.</summary>
    public static string Encode(string name)
    {
        var text = new StringBuilder();
        for (var at = 0; at < name.Length;)
        {
            var foreign = name.AsSpan(at).IndexOfAnyInRange(' ', '~');
            if (foreign < 0) foreign = name.Length - at;
            if (foreign > 0) text.Append('&').Append(Base64(name.Substring(at, foreign))).Append('-');
            else text.Append(name[at]).Append(name[at] == '&' ? "-" : "");
            at += Math.Max(foreign, 1);
        }
        return text.ToString();
    }

    /// <summary>Usage and limit in KiB in the list of a QUOTA answer (RFC 2087), or null if storage is not limited.</summary>
    public static (long Used, long Limit)? Storage(string limits)
    {
        var words = Words(limits);
        var at = words.FindIndex(w => w.Equals("STORAGE", StringComparison.OrdinalIgnoreCase));
        return at >= 0 && at + 2 < words.Count && long.TryParse(words[at + 1], CultureInfo.InvariantCulture, out var used)
            && long.TryParse(words[at + 2], CultureInfo.InvariantCulture, out var limit) ? (used, limit) : null;
    }

    private static string Base64(string part) =>
        Convert.ToBase64String(Encoding.BigEndianUnicode.GetBytes(part)).TrimEnd('=').Replace('/', ',');

    private static bool TryDecode(string part, StringBuilder text)
    {
        var base64 = part.Replace(',', '/').PadRight((part.Length + 3) / 4 * 4, '=');
        var octets = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64, octets, out var count) || count % 2 != 0) return false;
        text.Append(Encoding.BigEndianUnicode.GetString(octets, 0, count));
        return true;
    }

    private static string Quoted(string text, ref int at)
    {
        var word = new StringBuilder();
        for (at++; at < text.Length && text[at] != '"'; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length) at++;
            word.Append(text[at]);
        }
        at++;
        return word.ToString();
    }

    private static string List(string text, ref int at)
    {
        var (begin, depth, quoted) = (at + 1, 0, false);
        for (; at < text.Length; at++)
        {
            if (text[at] == '"') quoted = !quoted;
            else if (!quoted && text[at] == '(') depth++;
            else if (!quoted && text[at] == ')' && --depth == 0) break;
        }
        return text[begin..Math.Min(at++, text.Length)];
    }

    private static string Atom(string text, ref int at)
    {
        var begin = at;
        while (at < text.Length && text[at] != ' ') at++;
        return text[begin..at];
    }
}
