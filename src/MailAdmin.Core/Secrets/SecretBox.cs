using System.Security.Cryptography;

namespace MailAdmin.Core.Secrets;

/// <summary>AES-GCM with a random nonce. The owner of a text is authenticated with it, so that it cannot be opened as another's.</summary>
internal static class SecretBox
{
    private const int NonceOctets = 12;
    private const int TagOctets = 16;

    /// <returns>Nonce, tag and ciphertext.</returns>
    public static byte[] Seal(byte[] key, ReadOnlySpan<byte> text, ReadOnlySpan<byte> belongsTo)
    {
        var box = new byte[NonceOctets + TagOctets + text.Length];
        var (nonce, tag, cipher) = Parts(box);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagOctets);
        aes.Encrypt(nonce, text, cipher, tag, belongsTo);
        return box;
    }

    /// <summary>Null if it was sealed with another key or for another owner, or was changed.</summary>
    public static byte[]? Open(byte[] key, byte[] box, ReadOnlySpan<byte> belongsTo)
    {
        if (box.Length < NonceOctets + TagOctets) return null;
        var (nonce, tag, cipher) = Parts(box);
        var text = new byte[cipher.Count];
        try
        {
            using var aes = new AesGcm(key, TagOctets);
            aes.Decrypt(nonce, cipher, tag, text, belongsTo);
            return text;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static (ArraySegment<byte> Nonce, ArraySegment<byte> Tag, ArraySegment<byte> Cipher) Parts(byte[] box) => (
        new(box, 0, NonceOctets), new(box, NonceOctets, TagOctets),
        new(box, NonceOctets + TagOctets, box.Length - NonceOctets - TagOctets));
}
