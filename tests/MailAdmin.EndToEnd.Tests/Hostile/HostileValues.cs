using System.Text;

namespace MailAdmin.EndToEnd.Tests.Hostile;

/// <summary>
/// Values that nobody types by accident: the syntax of everything behind the panel, and some correct values, so that forms also succeed.
/// </summary>
internal sealed class HostileValues(int seed)
{
    /// <summary>The name of an element and an attribute that no page of the panel has. If it is found, a value was not escaped.</summary>
    public const string Element = "zz9";

    private static readonly string[] Nasty =
    [
        // HTML and templates
        "\"><zz9 onzz9=1>", "'><zz9>", "</textarea></title><zz9>", "</script><zz9>", "javascript:zz9", "&lt;zz9&gt;", "@(7*7)", "{{7*7}}",
        "${7*7}", "data:text/html,<zz9>",
        // SQL
        "'; DROP TABLE \"Accounts\"; --", "' OR 1=1 --", "%_\\", "\" OR \"\"=\"", "1); ATTACH 'x' AS y; --",
        // Control characters, direction marks, lookalikes
        "\0", "a\0b", "\a\b\u001b[31m", "\u202Eeb.elpmexe", "\u2066x\u2069", "a\u200Db", "\uFEFFx", "\u00A0", "е\u0445emple", "ﬁ", "İ",
        "\uD83D\uDE00", "x\u0085y", "x\u2028y",
        // IMAP
        "\" {5}\r\n* BYE", "a1 LOGOUT\r\n", "INBOX", "user/exemple0001", "user.exemple0001", "../../etc", "~peter", "&AGE-", "*", "%",
        "{1048576}", "(\\Deleted)",
        // Sieve and mail headers
        "\"; discard; #", "text:\r\n.\r\ndiscard;", "${hex: 0a}", ".\r\n.\r\n", "x\r\nBcc: a@example.net", "=?utf-8?q?zz9?=", "\\\"", "\\",
        // Postfix maps
        "a@exemple.be OK\n@exemple.be REJECT", "# x", "@exemple.be", "|/bin/sh", ":include:/etc/passwd", "/etc/passwd",
        "\"a b\"@exemple.be", "a@[127.0.0.1]", "a@exemple.be,b@exemple.be",
        "a\tb", "a@b@c", "!sequence", "double-bounce@exemple.be", "-oQ/tmp", "[127.0.0.1]:25", "smtp:[127.0.0.1]:25", "550 5.1.1 x",
        // CSV
        "=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(1)",
        // Numbers and dates
        "-1", "0", "9223372036854775808", "1e309", "NaN", "0x10", "٣", "25 000", "1,5", "99999999999999999999 GB", "2026-02-30",
        "0001-01-01", "9999-12-31", "31/12/2026",
        // What a browser sends for a passkey
        "{}", "[]", "null", "{\"id\":\"AA\",\"rawId\":\"AA\",\"type\":\"public-key\",\"response\":{}}",
        "{\"id\":\"AA\",\"rawId\":\"AA\",\"type\":\"public-key\",\"response\":{\"clientDataJSON\":\"e30\",\"attestationObject\":\"oA\",\"authenticatorData\":\"AA\",\"signature\":\"AA\"},\"clientExtensionResults\":{}}",
        // Ids of others
        "voisin0001", "ventes@voisin.example", "voisin.example", "1", "2", "../1", "cyrus", "Superuser", "true", "on",
    ];

    private static readonly string[] Right =
        ["ok", "gugus.dupont@exemple.be", "exemple0001", "ami@example.org", "10", "25000", "Zeven3Koeien!", "fr", "autre.example",
            "Bonjour,\r\nje reviens lundi."];

    private readonly Random _random = new(seed);
    private int _count;

    public bool Sometimes(int percent) => _random.Next(100) < percent;

    public string Next() => _random.Next(10) switch
    {
        0 => Right[_random.Next(Right.Length)] + (
            _random.Next(2) == 0 ? "" : (_count++).ToString(System.Globalization.CultureInfo.InvariantCulture)),
        1 => Right[_random.Next(Right.Length)],
        2 => Any(_random.Next(1, 80)),
        3 => Nasty[_random.Next(Nasty.Length)] + Nasty[_random.Next(Nasty.Length)],
        4 => Right[_random.Next(Right.Length)] + Nasty[_random.Next(Nasty.Length)],
        5 => string.Join('\n', Enumerable.Range(0, 3).Select(_ => Nasty[_random.Next(Nasty.Length)])),
        _ => Nasty[_random.Next(Nasty.Length)],
    };

    public string Megabyte() => string.Concat(Enumerable.Repeat("<zz9>'\"\\\r\n.é", 90_000));

    private string Any(int length)
    {
        var text = new StringBuilder(length);
        while (text.Length < length) text.Append(Rune.IsValid(_random.Next(0x500)) ? new Rune(_random.Next(1, 0x500)) : new Rune('x'));
        return text.ToString();
    }
}
