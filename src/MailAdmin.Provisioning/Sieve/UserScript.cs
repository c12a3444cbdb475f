using System.Security.Cryptography;
using System.Text;
using MimeKit.Utils;

namespace MailAdmin.Provisioning.Sieve;

/// <summary>The user's own script that was active before the panel's.</summary>
/// <param name="Aside">
/// Why it can't run together with the vacation, as Sieve's own keywords; empty if it is included. If the script has a <c>vacation</c> or
/// <c>reject</c> of its own, Cyrus executes neither, and the scripts that it includes may have either.
/// </param>
public sealed record UserScript(string Name, IReadOnlyList<string> Aside)
{
    private static readonly string[] Clashing = ["ereject", "include", "reject", "vacation"];

    /// <summary>The name to show. Cyrus keeps names outside of ASCII as encoded words (RFC 2047), and accepts no other form.</summary>
    public string Display => Rfc2047.DecodeText(Encoding.ASCII.GetBytes(Name));

    /// <param name="extensions">The server's extensions.</param>
    internal static UserScript Of(string name, string text, IReadOnlySet<string> extensions)
    {
        var used = SieveLexer.Identifiers(text);
        List<string> aside = [.. Clashing.Where(used.Contains)];
        // Without the extension, the vacation script can't include it.
        if (!extensions.Contains("include")) aside.Add("no include");
        return new(name, aside);
    }
}

/// <summary>
/// The panel's data in the first lines of its script, so that any process that finds the script can end it correctly: which script was
/// active before, and whether the text is as the panel wrote it.
/// </summary>
/// <param name="IsUnchanged">Nobody has edited the script since.</param>
internal sealed record ScriptHeader(UserScript? Before, bool IsUnchanged)
{
    private const string Mark = "# Written by MailAdmin, which overwrites it: ";
    private const string BeforeMark = "# before: ";
    private const string AsideMark = "# aside: ";

    /// <summary>Writes the script with its header. Lines end in CRLF.</summary>
    public static string Write(UserScript? before, string body)
    {
        var text = new StringBuilder();
        if (before is not null) text.Append(BeforeMark).Append(before.Name).Append("\r\n");
        if (before is { Aside.Count: > 0 }) text.Append(AsideMark).AppendJoin(", ", before.Aside).Append("\r\n");
        text.Append(body);
        return $"{Mark}{Digest(text.ToString())}\r\n{text}";
    }

    /// <summary>Null if the panel did not write the script.</summary>
    public static ScriptHeader? Read(string script)
    {
        var lines = script.Split('\n').Select(l => l.TrimEnd('\r')).ToList();
        if (!lines[0].StartsWith(Mark, StringComparison.Ordinal)) return null;
        var name = ValueOf(lines, 1, BeforeMark);
        var aside = ValueOf(lines, 2, AsideMark)?.Split(", ") ?? [];
        var rest = script[(script.IndexOf('\n', StringComparison.Ordinal) + 1)..];
        return new(name is null ? null : new UserScript(name, aside), lines[0][Mark.Length..] == Digest(rest));
    }

    private static string? ValueOf(List<string> lines, int index, string mark) =>
        lines.Count > index && lines[index].StartsWith(mark, StringComparison.Ordinal) ? lines[index][mark.Length..] : null;

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
}
