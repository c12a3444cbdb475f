using System.Text;

namespace MailAdmin.Provisioning.Sieve;

/// <summary>Texts as Sieve's quoted strings (RFC 5228, section 2.4.2): nothing in them is ever understood as anything but itself.</summary>
internal static class SieveQuoting
{
    /// <param name="hasVariables">
    /// The script requires <c>variables</c>, by which <c>${…}</c> would be expanded in every string (RFC 5229, section 3): the sign is then
    /// taken from the variable <c>d</c>, and what comes from a variable is not expanded again.
    /// </param>
    /// <exception cref="ArgumentException">It holds NUL, which no Sieve string can.</exception>
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
