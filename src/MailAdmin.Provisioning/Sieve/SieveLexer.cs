namespace MailAdmin.Provisioning.Sieve;

/// <summary>Finds the commands and tests of a script that somebody else wrote (RFC 5228, section 2 and 8.1), past its comments and strings.</summary>
internal static class SieveLexer
{
    /// <summary>Identifiers in lower case, each once. A script that ends within a string or a comment is read to there.</summary>
    public static IReadOnlySet<string> Identifiers(string script)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        for (var at = 0; at < script.Length;)
        {
            var end = EndOfToken(script, at);
            var word = script[at..EndOfWord(script, at)];
            if (IsLetter(script[at]) && word.Length == end - at) found.Add(word.ToLowerInvariant());
            at = end;
        }
        return found;
    }

    private static int EndOfToken(string script, int at) => script[at] switch
    {
        '#' => After(script, "\n", at),
        '/' when IsAt(script, "/*", at) => After(script, "*/", at + 2),
        '"' => EndOfQuoted(script, at + 1),
        // A tag is no command: ":reject" of some extension, ":user".
        ':' => EndOfWord(script, at + 1),
        var c when IsLetter(c) => EndOfWord(script, at) is var end && IsMultiLine(script, at, end) ? EndOfMultiLine(script, end) : end,
        // 10K is a number.
        >= '0' and <= '9' => EndOfWord(script, at),
        _ => at + 1,
    };

    private static bool IsMultiLine(string script, int at, int end) =>
        end < script.Length && script[end] == ':' && script.AsSpan(at, end - at).Equals("text", StringComparison.OrdinalIgnoreCase);

    // "text:", to the end of the line; then lines up to one of a single dot.
    private static int EndOfMultiLine(string script, int at)
    {
        for (var line = After(script, "\n", at); line < script.Length; line = After(script, "\n", line))
        {
            if (script[line] == '.' && (IsAt(script, ".\n", line) || IsAt(script, ".\r\n", line))) return line + 1;
        }
        return script.Length;
    }

    private static int EndOfQuoted(string script, int at)
    {
        while (at < script.Length && script[at] != '"') at += script[at] == '\\' ? 2 : 1;
        return Math.Min(at + 1, script.Length);
    }

    private static int EndOfWord(string script, int at)
    {
        while (at < script.Length && (IsLetter(script[at]) || char.IsAsciiDigit(script[at]))) at++;
        return at;
    }

    private static int After(string script, string sign, int at) =>
        script.IndexOf(sign, at, StringComparison.Ordinal) is >= 0 and var found ? found + sign.Length : script.Length;

    private static bool IsAt(string script, string sign, int at) => string.CompareOrdinal(script, at, sign, 0, sign.Length) == 0;

    private static bool IsLetter(char c) => char.IsAsciiLetter(c) || c == '_';
}
