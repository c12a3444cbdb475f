using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MailAdmin.Core.Backups;

/// <summary>
/// AES-256-GCM in chunks of 64 KiB, each with its tag after it. The nonce is the chunk's number, and whether it is the last: so chunks
/// can't be exchanged, left out or cut off. Each archive has a key of its own, so no nonce is used twice.
/// </summary>
internal sealed class ChunkCipher(PassphraseKey key) : IDisposable
{
    public const int ChunkOctets = 64 * 1024;
    public const int TagOctets = 16;

    private readonly AesGcm _aes = new(key.Key, TagOctets);
    private readonly byte[] _nonce = new byte[AesGcm.NonceByteSizes.MaxSize];
    private long _number;

    /// <summary>Encrypts the next chunk.</summary>
    /// <param name="chunk">The text; empty only for the last chunk of an empty archive.</param>
    /// <param name="isLast">No chunk follows.</param>
    /// <param name="sealedChunk">As long as the text and its tag.</param>
    public void Seal(ReadOnlySpan<byte> chunk, bool isLast, Span<byte> sealedChunk)
    {
        Count(isLast);
        _aes.Encrypt(_nonce, chunk, sealedChunk[..chunk.Length], sealedChunk[chunk.Length..], key.Header);
    }

    /// <inheritdoc cref="Seal"/>
    /// <exception cref="AuthenticationTagMismatchException">It is not the next chunk of this archive.</exception>
    public void Open(ReadOnlySpan<byte> sealedChunk, bool isLast, Span<byte> chunk)
    {
        Count(isLast);
        _aes.Decrypt(_nonce, sealedChunk[..^TagOctets], sealedChunk[^TagOctets..], chunk, key.Header);
    }

    public void Dispose() => _aes.Dispose();

    private void Count(bool isLast)
    {
        BinaryPrimitives.WriteInt64BigEndian(_nonce, _number++);
        _nonce[^1] = isLast ? (byte)1 : (byte)0;
    }
}
