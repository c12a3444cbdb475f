namespace MailAdmin.Provisioning.MailboxCopies;

/// <summary>
/// The tokens of an IMAP response (RFC 3501, 9): a string for an atom or a quoted string, a list for a parenthesized list, octets for a
/// literal, null for NIL. Octets above 127 are characters of Latin-1 with the same number.
/// </summary>
internal static class ImapTokens
{
    /// <param name="text">The response's text, in which each literal is only announced: <c>{12}</c>.</param>
    /// <param name="literals">The literals, in their order.</param>
    public static List<object?> Parse(string text, IReadOnlyList<byte[]> literals)
    {
        var (at, literal) = (0, 0);
        return List(text, literals, ref at, ref literal);
    }

    /// <summary>The octets of a string as text, whether it came quoted or as a literal; null for anything else.</summary>
    public static string? Text(object? token) => token switch
    {
        string text => text,
        byte[] octets => System.Text.Encoding.Latin1.GetString(octets),
        _ => null,
    };

    private static List<object?> List(string text, IReadOnlyList<byte[]> literals, ref int at, ref int literal)
    {
        var tokens = new List<object?>();
        while (at < text.Length)
        {
            switch (text[at])
            {
                case ' ' or '~' when text[at] == ' ' || (at + 1 < text.Length && text[at + 1] == '{'):
                    at++;
                    break;
                case ')':
                    at++;
                    return tokens;
                case '(':
                    at++;
                    tokens.Add(List(text, literals, ref at, ref literal));
                    break;
                case '"':
                    tokens.Add(Quoted(text, ref at));
                    break;
                case '{' when literal < literals.Count:
                    tokens.Add(literals[literal++]);
                    at = End(text, at, '}');
                    break;
                default:
                    tokens.Add(Atom(text, ref at));
                    break;
            }
        }
        return tokens;
    }

    private static string Quoted(string text, ref int at)
    {
        var word = new System.Text.StringBuilder();
        for (at++; at < text.Length && text[at] != '"'; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length) at++;
            word.Append(text[at]);
        }
        at++;
        return word.ToString();
    }

    // The section of BODY[HEADER.FIELDS (DATE)] belongs to the atom, with its spaces and parentheses.
    private static string? Atom(string text, ref int at)
    {
        var begin = at;
        for (; at < text.Length && text[at] is not (' ' or '(' or ')'); at++)
        {
            if (text[at] == '[') at = End(text, at, ']') - 1;
        }
        if (at == begin) at++;
        var atom = text[begin..at];
        return atom.Equals("NIL", StringComparison.OrdinalIgnoreCase) ? null : atom;
    }

    private static int End(string text, int at, char end) => text.IndexOf(end, at) is >= 0 and var found ? found + 1 : text.Length;
}
