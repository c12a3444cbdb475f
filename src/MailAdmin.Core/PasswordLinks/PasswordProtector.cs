using System.Security.Cryptography;
using System.Text;
using MailAdmin.Core.Secrets;

namespace MailAdmin.Core.PasswordLinks;

/// <summary>
/// AES-GCM with a key of 128 bits that is used for one password alone; the link's id is bound in, so that no row stands in for another.
/// </summary>
internal static class PasswordProtector
{
    private const int KeyOctets = 16;

    /// <summary>As it stands in the link: hexadecimal.</summary>
    public static string NewKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyOctets));

    public static byte[] Seal(string password, string key, string id) =>
        SecretBox.Seal(Convert.FromHexString(key), Encoding.UTF8.GetBytes(password), Encoding.ASCII.GetBytes(id));

    /// <summary>Null for another key.</summary>
    public static string? Open(byte[] sealedText, string? key, string id)
    {
        var typed = string.Concat((key ?? "").Where(char.IsAsciiHexDigit));
        if (typed.Length != 2 * KeyOctets) return null;
        return SecretBox.Open(Convert.FromHexString(typed), sealedText, Encoding.ASCII.GetBytes(id)) is { } text
            ? Encoding.UTF8.GetString(text) : null;
    }
}
