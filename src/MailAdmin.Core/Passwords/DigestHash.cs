using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MailAdmin.Core.Passwords;

/// <summary>
/// A hash of imported accounts that crypt(3) does not know: a digest with or without salt as LDAP directories and Dovecot write it
/// (<c>{SSHA}…</c>), or PBKDF2 as Dovecot or passlib write it.
/// </summary>
/// <param name="Rounds">Iterations of PBKDF2; 0 for a digest.</param>
internal sealed record DigestHash(HashAlgorithmName Algorithm, byte[] Digest, byte[] Salt, int Rounds)
{
    private const int MaxSalt = 64;

    // Scheme names of Dovecot, and whether a salt follows the digest.
    private static readonly Dictionary<string, (HashAlgorithmName Algorithm, bool Salted)> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["SSHA"] = (HashAlgorithmName.SHA1, true),
        ["SSHA256"] = (HashAlgorithmName.SHA256, true),
        ["SSHA512"] = (HashAlgorithmName.SHA512, true),
        ["SMD5"] = (HashAlgorithmName.MD5, true),
        ["SHA"] = (HashAlgorithmName.SHA1, false),
        ["SHA1"] = (HashAlgorithmName.SHA1, false),
        ["SHA256"] = (HashAlgorithmName.SHA256, false),
        ["SHA512"] = (HashAlgorithmName.SHA512, false),
        ["MD5"] = (HashAlgorithmName.MD5, false),
        ["LDAP-MD5"] = (HashAlgorithmName.MD5, false),
        ["PLAIN-MD5"] = (HashAlgorithmName.MD5, false),
    };

    /// <param name="name">The scheme between the braces, with Dovecot's <c>.hex</c> or <c>.b64</c> if it has one.</param>
    /// <param name="body">The text after the braces.</param>
    public static DigestHash? Read(string name, string body)
    {
        if (name.Equals("PBKDF2", StringComparison.OrdinalIgnoreCase)) return ReadDovecotPbkdf2(body);
        var (scheme, encoding) = (name, (string?)null);
        if (name.Split('.') is [var first, var second]) (scheme, encoding) = (first, second.ToUpperInvariant());
        if (!Names.TryGetValue(scheme, out var known)) return null;
        encoding ??= scheme.Equals("PLAIN-MD5", StringComparison.OrdinalIgnoreCase) ? "HEX" : "B64";
        var octets = encoding == "HEX" ? OfHex(body) : encoding is "B64" or "BASE64" ? OfBase64(body) : null;
        var size = SizeOf(known.Algorithm);
        if (octets is null || octets.Length < size) return null;
        var salt = octets.Length - size;
        var isWhole = known.Salted ? salt is >= 1 and <= MaxSalt : salt == 0;
        return isWhole ? new(known.Algorithm, octets[..size], octets[size..], 0) : null;
    }

    /// <summary>
    /// passlib's PBKDF2: <c>$pbkdf2-sha256$29000$salt$digest</c>, in base64 with a point for the plus and without padding.
    /// </summary>
    public static DigestHash? ReadPasslib(string text)
    {
        if (text.Split('$') is not ["", var name, var rounds, var salt, var digest]) return null;
        HashAlgorithmName? algorithm = name switch
        {
            "pbkdf2" => HashAlgorithmName.SHA1,
            "pbkdf2-sha256" => HashAlgorithmName.SHA256,
            "pbkdf2-sha512" => HashAlgorithmName.SHA512,
            _ => null,
        };
        var (salted, octets) = (OfBase64(salt.Replace('.', '+')), OfBase64(digest.Replace('.', '+')));
        return algorithm is { } known && RoundsOf(rounds) is { } count && salted?.Length <= MaxSalt && octets?.Length == SizeOf(known)
            ? new(known, octets, salted, count) : null;
    }

    /// <summary>The digest of a password, computed in the same way.</summary>
    public byte[] Compute(ReadOnlySpan<byte> password)
    {
        if (Rounds > 0) return Rfc2898DeriveBytes.Pbkdf2(password, Salt, Rounds, Algorithm, Digest.Length);
        byte[] salted = [.. password, .. Salt];
        try
        {
            return CryptographicOperations.HashData(Algorithm, salted);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(salted);
        }
    }

    // $1$salt$rounds$digest: the salt is used as the text that it is, the digest is hexadecimal.
    private static DigestHash? ReadDovecotPbkdf2(string body)
    {
        if (body.Split('$') is not ["", "1", { Length: >= 1 and <= MaxSalt } salt, var rounds, var digest]) return null;
        return Ascii.IsValid(salt) && RoundsOf(rounds) is { } count && OfHex(digest) is { } octets
            && octets.Length == SizeOf(HashAlgorithmName.SHA1)
            ? new(HashAlgorithmName.SHA1, octets, Encoding.ASCII.GetBytes(salt), count) : null;
    }

    private static int? RoundsOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) && rounds is >= 1 and <= PasswordHash.MaxRounds
            ? rounds : null;

    private static int SizeOf(HashAlgorithmName algorithm) => algorithm.Name switch
    {
        "MD5" => 16,
        "SHA1" => 20,
        "SHA256" => 32,
        _ => 64,
    };

    private static byte[]? OfHex(string text) =>
        text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit) ? Convert.FromHexString(text) : null;

    private static byte[]? OfBase64(string text)
    {
        var padded = text.TrimEnd('=');
        padded += new string('=', (4 - (padded.Length % 4)) % 4);
        var isValid = padded.Length > 0 && padded.All(c => !char.IsWhiteSpace(c)) && Base64.IsValid(padded);
        return isValid ? Convert.FromBase64String(padded) : null;
    }
}
