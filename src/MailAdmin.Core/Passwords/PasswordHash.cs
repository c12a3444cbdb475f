using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace MailAdmin.Core.Passwords;

/// <summary>How a password was hashed: the panel's own bcrypt, or a scheme of imported accounts (docs/decisions/0050).</summary>
public enum PasswordScheme
{
    Bcrypt,
    Sha512,
    Sha256,
    Md5,
    Yescrypt,

    /// <summary>The traditional crypt(3): only the first eight octets of the password count.</summary>
    Des,

    /// <summary>PBKDF2 of Dovecot or passlib.</summary>
    Pbkdf2,

    /// <summary>A digest, with or without salt, of an LDAP directory or of Dovecot.</summary>
    Digest,
}

/// <summary>
/// A stored hash that is known to be well-formed, and whose check takes a second or two at most. Libraries throw on other strings, or
/// accept any password for them, so every hash is parsed here first; no password matches a string that is refused. A bcrypt string of cost
/// 31 would keep a thread of the password hash queue busy for a day at each login.
/// </summary>
public sealed partial record PasswordHash
{
    /// <summary>The highest bcrypt cost: 1.6 s, while the default of 11 takes 0.1 s.</summary>
    public const int MaxCost = 15;

    /// <summary>The most rounds of SHA-256, SHA-512 and PBKDF2; some systems use up to 870,000.</summary>
    public const int MaxRounds = 1_000_000;

    // Dovecot's names for strings of crypt(5).
    private static readonly HashSet<string> CryptNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "CRYPT", "BLF-CRYPT", "SHA512-CRYPT", "SHA256-CRYPT", "MD5-CRYPT", "DES-CRYPT", "MD5",
    };

    private PasswordHash(string value, PasswordScheme scheme, int cost) => (Value, Scheme, Cost) = (value, scheme, cost);

    /// <summary>The string of crypt(5), <c>$2b$11$…</c>, or the text of another scheme as it was imported.</summary>
    public string Value { get; }

    public PasswordScheme Scheme { get; }

    /// <summary>bcrypt's cost, the logarithm of its rounds; 0 for the other schemes.</summary>
    public int Cost { get; }

    /// <summary>The digest of the schemes that crypt(3) does not know; null for the others.</summary>
    internal DigestHash? Digest { get; private init; }

    /// <summary>
    /// Accepts <c>$2a$ $2b$ $2y$</c>, <c>$6$ $5$ $1$ $y$</c>, DES, PBKDF2 of passlib, and Dovecot's <c>{SCHEME}</c> before any of these or
    /// before a digest; never <c>$2x$</c>, whose algorithm was wrong.
    /// </summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out PasswordHash? hash)
    {
        hash = text is null ? null : text.StartsWith('{') ? ReadNamed(text) : ReadCrypt(text) ?? ReadPasslib(text);
        return hash is not null;
    }

    /// <summary>Without the value, because a hash in a log can be cracked.</summary>
    public override string ToString() => $"({Scheme})";

    // A string of crypt(5) needs no name and loses it; a digest is nothing without its name.
    private static PasswordHash? ReadNamed(string text)
    {
        var end = text.IndexOf('}', StringComparison.Ordinal);
        if (end < 0) return null;
        var (name, body) = (text[1..end], text[(end + 1)..]);
        if (CryptNames.Contains(name) && ReadCrypt(body) is { } crypt) return crypt;
        return DigestHash.Read(name, body) is { } digest ? OfDigest(text, digest) : null;
    }

    private static PasswordHash? ReadCrypt(string text) => ReadBcrypt(text) ?? ReadOther(text) ?? ReadDes(text);

    private static PasswordHash? ReadPasslib(string text) => DigestHash.ReadPasslib(text) is { } digest ? OfDigest(text, digest) : null;

    private static PasswordHash? ReadDes(string text) => DesShape().IsMatch(text) ? new PasswordHash(text, PasswordScheme.Des, 0) : null;

    private static PasswordHash OfDigest(string text, DigestHash digest) =>
        new(text, digest.Rounds > 0 ? PasswordScheme.Pbkdf2 : PasswordScheme.Digest, 0) { Digest = digest };

    private static PasswordHash? ReadBcrypt(string text)
    {
        var match = BcryptShape().Match(text);
        if (!match.Success) return null;
        var cost = int.Parse(match.Groups["cost"].ValueSpan, CultureInfo.InvariantCulture);
        return cost <= MaxCost ? new PasswordHash(text, PasswordScheme.Bcrypt, cost) : null;
    }

    private static PasswordHash? ReadOther(string text)
    {
        var match = OtherShape().Match(text);
        if (!match.Success) return null;
        if (match.Groups["rounds"] is { Success: true } rounds && int.Parse(rounds.ValueSpan, CultureInfo.InvariantCulture) > MaxRounds)
            return null;
        var scheme = text[1] switch
        {
            '6' => PasswordScheme.Sha512,
            '5' => PasswordScheme.Sha256,
            '1' => PasswordScheme.Md5,
            _ => PasswordScheme.Yescrypt,
        };
        return new PasswordHash(text, scheme, 0);
    }

    // 22 characters of salt and 31 of hash.
    [GeneratedRegex(@"\A\$2[aby]\$(?<cost>0[4-9]|[12][0-9]|3[01])\$[./A-Za-z0-9]{53}\z", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex BcryptShape();

    // Two characters of salt and eleven of hash.
    [GeneratedRegex(@"\A[./A-Za-z0-9]{13}\z", RegexOptions.None, 100)]
    private static partial Regex DesShape();

    // yescrypt's parameters are its flavour and the logarithms of N and r. Up to N = 2^15 and r = 32 are accepted, which is 128 MiB;
    // libxcrypt's default takes 16.
    [GeneratedRegex(
        """
        \A(
            \$6\$(rounds=(?<rounds>[1-9][0-9]{3,8})\$)?[^$:\s\\!*]{1,16}\$[./A-Za-z0-9]{86}
          | \$5\$(rounds=(?<rounds>[1-9][0-9]{3,8})\$)?[^$:\s\\!*]{1,16}\$[./A-Za-z0-9]{43}
          | \$1\$[^$:\s\\!*]{0,8}\$[./A-Za-z0-9]{22}
          | \$y\$j[./0-9A-C][./0-9A-T]\$[./A-Za-z0-9]{1,86}\$[./A-Za-z0-9]{43}
        )\z
        """,
        RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace, 100)]
    private static partial Regex OtherShape();
}
