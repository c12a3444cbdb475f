using System.Security.Cryptography;
using System.Text;
using MimeKit.Utils;

namespace MailAdmin.Provisioning.Sieve;

/// <summary>The user's own script that was active before ours.</summary>
/// <param name="Aside">
/// Why it can't work beside the vacation, as Sieve's own words; empty when it is included. A <c>vacation</c> or <c>reject</c> of its own
/// makes Cyrus give up both, and what it includes may hold either.
/// </param>
public sealed record UserScript(string Name, IReadOnlyList<string> Aside)
{
    private static readonly string[] Clashing = ["ereject", "include", "reject", "vacation"];

    /// <summary>For people. Cyrus keeps names outside of ASCII as encoded words (RFC 2047), and knows them by nothing else.</summary>
    public string Display => Rfc2047.DecodeText(Encoding.ASCII.GetBytes(Name));

    /// <param name="extensions">Of the server.</param>
    internal static UserScript Of(string name, string text, IReadOnlySet<string> extensions)
    {
        var used = SieveLexer.Identifiers(text);
        List<string> aside = [.. Clashing.Where(used.Contains)];
        // Then this script can't include it.
        if (!extensions.Contains("include")) aside.Add("no include");
        return new(name, aside);
    }
}

/// <summary>
/// What our script says of itself in its first lines, so that it can be ended rightly by whatever finds it: which script was active before,
/// and whether it is as we wrote it.
/// </summary>
/// <param name="IsUnchanged">Nobody edited it since.</param>
internal sealed record ScriptHeader(UserScript? Before, bool IsUnchanged)
{
    private const string Mark = "# Written by MailAdmin, which overwrites it: ";
    private const string BeforeMark = "# before: ";
    private const string AsideMark = "# aside: ";

    /// <summary>The script with its header. Lines end in CRLF.</summary>
    public static string Write(UserScript? before, string body)
    {
        var text = new StringBuilder();
        if (before is not null) text.Append(BeforeMark).Append(before.Name).Append("\r\n");
        if (before is { Aside.Count: > 0 }) text.Append(AsideMark).AppendJoin(", ", before.Aside).Append("\r\n");
        text.Append(body);
        return $"{Mark}{Digest(text.ToString())}\r\n{text}";
    }

    /// <summary>Null when it is no script of ours.</summary>
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
