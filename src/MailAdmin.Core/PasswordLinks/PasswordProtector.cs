using System.Security.Cryptography;
using System.Text;
using MailAdmin.Core.Secrets;

namespace MailAdmin.Core.PasswordLinks;

/// <summary>
/// AES-GCM with a 128-bit key that is used for one password only; the link's id is authenticated too, so that no row can replace another.
/// </summary>
internal static class PasswordProtector
{
    private const int KeyOctets = 16;

    /// <summary>A new key in hexadecimal, as in the link.</summary>
    public static string NewKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyOctets));

    public static byte[] Seal(string password, string key, string id) =>
        SecretBox.Seal(Convert.FromHexString(key), Encoding.UTF8.GetBytes(password), Encoding.ASCII.GetBytes(id));

    /// <summary>Null if the key is wrong.</summary>
    public static string? Open(byte[] sealedText, string? key, string id)
    {
        var typed = string.Concat((key ?? "").Where(char.IsAsciiHexDigit));
        if (typed.Length != 2 * KeyOctets) return null;
        return SecretBox.Open(Convert.FromHexString(typed), sealedText, Encoding.ASCII.GetBytes(id)) is { } text
            ? Encoding.UTF8.GetString(text) : null;
    }
}
