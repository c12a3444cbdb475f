using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace MailAdmin.Provisioning.Installation;

/// <summary>
/// A configuration file as <c>mailadmin install</c> writes it: a first line with a checksum, the text, and a last line, below which the
/// hoster's own settings stand. The checksum tells whether somebody has changed the text since.
/// </summary>
public static partial class ConfigurationText
{
    /// <summary>The line below which the hoster's own settings stand.</summary>
    public const string Marker = "# ----- Your own settings: what stands below this line is kept by \"mailadmin install\". -----";

    private const int ChecksumLength = 16;

    /// <summary>The whole file: the text, and what the hoster has below the marker of the present file.</summary>
    public static string Compose(string text, string? present)
    {
        text = WithLineEnd(text);
        var own = present is null ? -1 : present.IndexOf(Marker, StringComparison.Ordinal);
        var kept = own < 0 ? "\n" : present![(own + Marker.Length)..];
        return $"# Written by \"mailadmin install\" ({Checksum(text)}). Write your own settings below the last line of this text.\n{text}{Marker}{kept}";
    }

    /// <summary>Whether <c>mailadmin install</c> wrote the file, in any version, and nobody changed its text since.</summary>
    public static bool IsIntact(string present) =>
        Parts(present) is { } parts && parts.Checksum == Checksum(parts.Text);

    /// <summary>Whether <c>mailadmin install</c> wrote the file, whatever became of it.</summary>
    public static bool IsOurs(string present) => Parts(present) is not null;

    private static (string Checksum, string Text)? Parts(string present)
    {
        var (head, end) = (Head().Match(present), present.IndexOf(Marker, StringComparison.Ordinal));
        return head.Success && end >= head.Length ? (head.Groups["checksum"].Value, present[head.Length..end]) : null;
    }

    private static string WithLineEnd(string text) => text.EndsWith('\n') ? text : text + "\n";

    private static string Checksum(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..ChecksumLength];

    [GeneratedRegex("""^# Written by "mailadmin install" \((?<checksum>[0-9a-f]{16})\)[^\n]*\n""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Head();
}
