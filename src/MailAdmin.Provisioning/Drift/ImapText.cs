using System.Text;

namespace MailAdmin.Provisioning.Drift;

/// <summary>Words of an IMAP answer (RFC 3501): atoms, quoted strings, and lists in parentheses as one word.</summary>
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

    /// <summary>A word to be sent; nothing that a user or a domain may be called needs a literal.</summary>
    public static string Quote(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>The name of a folder as people see it, out of modified UTF-7 (RFC 3501, 5.1.3); what is malformed stays as it is.</summary>
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
