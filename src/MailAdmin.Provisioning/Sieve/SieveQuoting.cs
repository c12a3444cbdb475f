using System.Text;

namespace MailAdmin.Provisioning.Sieve;

/// <summary>Quotes texts as Sieve strings (RFC 5228, section 2.4.2) so that the server takes them literally.</summary>
internal static class SieveQuoting
{
    /// <param name="hasVariables">
    /// The script requires <c>variables</c>, which expands <c>${…}</c> in every string (RFC 5229, section 3). The <c>$</c> then comes from
    /// the variable <c>d</c>, because a variable's value is not expanded again.
    /// </param>
    /// <exception cref="ArgumentException">The text contains NUL, which a Sieve string can't contain.</exception>
    public static string Quote(string text, bool hasVariables)
    {
        if (text.Contains('\0', StringComparison.Ordinal)) throw new ArgumentException("NUL can't be in a Sieve string", nameof(text));
        var quoted = new StringBuilder(text.Length + 2).Append(text).Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\r\n", "\n")
            .Replace("\r", "\n").Replace("\n", "\r\n");
        if (hasVariables) quoted.Replace("${", "${d}{");
        return quoted.Insert(0, '"').Append('"').ToString();
    }

    public static string List(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(t => Quote(t, hasVariables: false)))}]";
}
