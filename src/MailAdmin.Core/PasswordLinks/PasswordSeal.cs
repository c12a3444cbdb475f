using System.Security.Cryptography;
using System.Text;

namespace MailAdmin.Core.PasswordLinks;

/// <summary>AES-GCM with a key of 128 bits that is used for one password alone; the link's id is bound in, so that no row stands in for another.</summary>
internal static class PasswordSeal
{
    private const int KeyOctets = 16;
    private const int NonceOctets = 12;
    private const int TagOctets = 16;

    /// <summary>As it stands in the link: hexadecimal.</summary>
    public static string NewKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyOctets));

    public static byte[] Seal(string password, string key, string id)
    {
        var text = Encoding.UTF8.GetBytes(password);
        var sealedText = new byte[NonceOctets + TagOctets + text.Length];
        var (nonce, tag, cipher) = Parts(sealedText);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(Convert.FromHexString(key), TagOctets);
        aes.Encrypt(nonce, text, cipher, tag, Encoding.ASCII.GetBytes(id));
        return sealedText;
    }

    /// <summary>Null for another key.</summary>
    public static string? Open(byte[] sealedText, string? key, string id)
    {
        var typed = string.Concat((key ?? "").Where(char.IsAsciiHexDigit));
        if (typed.Length != 2 * KeyOctets) return null;
        var (nonce, tag, cipher) = Parts(sealedText);
        var text = new byte[cipher.Count];
        try
        {
            using var aes = new AesGcm(Convert.FromHexString(typed), TagOctets);
            aes.Decrypt(nonce, cipher, tag, text, Encoding.ASCII.GetBytes(id));
            return Encoding.UTF8.GetString(text);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static (ArraySegment<byte> Nonce, ArraySegment<byte> Tag, ArraySegment<byte> Cipher) Parts(byte[] sealedText) => (
        new(sealedText, 0, NonceOctets), new(sealedText, NonceOctets, TagOctets), new(sealedText, NonceOctets + TagOctets, sealedText.Length - NonceOctets - TagOctets));
}
