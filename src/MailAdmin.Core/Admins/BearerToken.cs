using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace MailAdmin.Core.Admins;

/// <summary>The form of a token: a prefix that scanners for leaked secrets can recognize, and 256 random bits.</summary>
internal static class BearerToken
{
    private const string Prefix = "mailadmin_";
    private const int Octets = 32;

    // 43 characters of base64url (RFC 4648, section 5) encode 32 octets.
    private const int Length = 10 + 43;

    public static string Create() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Octets));

    /// <summary>Whether a text can be a token; anything else need not be looked up.</summary>
    public static bool IsWellFormed(string text) => text.Length == Length && text.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>SHA-256 in hexadecimal. A slow hash would protect nothing: 256 random bits cannot be guessed.</summary>
    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
