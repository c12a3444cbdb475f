using System.Text;

namespace MailAdmin.Provisioning.Sieve;

internal enum SieveWordKind
{
    Identifier,
    Tag,
    String,
    Number,

    /// <summary>A bracket, a comma, a semicolon.</summary>
    Sign,
}

/// <param name="Text">Identifiers and tags in lower case, tags without their colon; strings without quotes and escapes.</param>
internal readonly record struct SieveWord(SieveWordKind Kind, string Text);

/// <summary>
/// Splits a script that another program wrote into words (RFC 5228, sections 2 and 8.1), without comments. A script that ends within a
/// string or a comment is read up to its end.
/// </summary>
internal static class SieveLexer
{
    /// <summary>The script's identifiers in lower case, each once.</summary>
    public static IReadOnlySet<string> Identifiers(string script) =>
        Words(script).Where(w => w.Kind == SieveWordKind.Identifier).Select(w => w.Text).ToHashSet(StringComparer.Ordinal);

    public static IEnumerable<SieveWord> Words(string script)
    {
        for (var at = 0; at < script.Length;)
        {
            var end = EndOfWord(script, at);
            if (Word(script, at, end) is { } word) yield return word;
            at = end;
        }
    }

    // Null for white space and comments.
    private static SieveWord? Word(string script, int at, int end) => script[at] switch
    {
        '#' => null,
        '/' when IsAt(script, "/*", at) => null,
        '"' => new(SieveWordKind.String, Unquoted(script, at + 1, end)),
        ':' => new(SieveWordKind.Tag, script[(at + 1)..end].ToLowerInvariant()),
        var c when IsLetter(c) && IsMultiLine(script, at, EndOfName(script, at)) => new(SieveWordKind.String, Unstuffed(script, at, end)),
        var c when IsLetter(c) => new(SieveWordKind.Identifier, script[at..end].ToLowerInvariant()),
        >= '0' and <= '9' => new(SieveWordKind.Number, script[at..end]),
        var c when char.IsWhiteSpace(c) => null,
        var c => new(SieveWordKind.Sign, c.ToString()),
    };

    private static int EndOfWord(string script, int at) => script[at] switch
    {
        '#' => After(script, "\n", at),
        '/' when IsAt(script, "/*", at) => After(script, "*/", at + 2),
        '"' => EndOfQuoted(script, at + 1),
        ':' => EndOfName(script, at + 1),
        var c when IsLetter(c) => EndOfName(script, at) is var end && IsMultiLine(script, at, end) ? EndOfMultiLine(script, end) : end,
        // The number may have a quantifier, such as 10K.
        >= '0' and <= '9' => EndOfName(script, at),
        _ => at + 1,
    };

    private static bool IsMultiLine(string script, int at, int end) =>
        end < script.Length && script[end] == ':' && script.AsSpan(at, end - at).Equals("text", StringComparison.OrdinalIgnoreCase);

    // "text:" up to the end of the line, then all lines up to one with a single dot.
    private static int EndOfMultiLine(string script, int at)
    {
        for (var line = After(script, "\n", at); line < script.Length; line = After(script, "\n", line))
        {
            if (script[line] == '.' && (IsAt(script, ".\n", line) || IsAt(script, ".\r\n", line))) return line + 1;
        }
        return script.Length;
    }

    // Two dots at the start of a line stand for one (RFC 5228, section 2.4.2).
    private static string Unstuffed(string script, int at, int end)
    {
        var first = Math.Min(After(script, "\n", at), end);
        var last = end > first && script[end - 1] == '.' ? end - 1 : end;
        return script[first..last].Replace("\n..", "\n.", StringComparison.Ordinal);
    }

    private static int EndOfQuoted(string script, int at)
    {
        while (at < script.Length && script[at] != '"') at += script[at] == '\\' ? 2 : 1;
        return Math.Min(at + 1, script.Length);
    }

    private static string Unquoted(string script, int at, int end)
    {
        var text = new StringBuilder();
        for (; at < end && script[at] != '"'; at++)
        {
            if (script[at] == '\\' && at + 1 < end) at++;
            text.Append(script[at]);
        }
        return text.ToString();
    }

    private static int EndOfName(string script, int at)
    {
        while (at < script.Length && (IsLetter(script[at]) || char.IsAsciiDigit(script[at]))) at++;
        return at;
    }

    private static int After(string script, string sign, int at) =>
        script.IndexOf(sign, at, StringComparison.Ordinal) is >= 0 and var found ? found + sign.Length : script.Length;

    private static bool IsAt(string script, string sign, int at) => string.CompareOrdinal(script, at, sign, 0, sign.Length) == 0;

    private static bool IsLetter(char c) => char.IsAsciiLetter(c) || c == '_';
}
