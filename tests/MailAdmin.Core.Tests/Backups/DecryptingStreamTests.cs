using System.Security.Cryptography;
using MailAdmin.Core.Backups;

namespace MailAdmin.Core.Tests.Backups;

/// <summary>The cipher by itself, without the sums of the archive in it.</summary>
public sealed class DecryptingStreamTests
{
    private const string Passphrase = "Zeven koeien";
    private const int SealedChunk = ChunkCipher.ChunkOctets + ChunkCipher.TagOctets;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(ChunkCipher.ChunkOctets)]
    [InlineData((2 * ChunkCipher.ChunkOctets) + 10)]
    public void Every_length_is_read_back(int octets)
    {
        var text = RandomNumberGenerator.GetBytes(octets);

        Assert.Equal(text, Decrypt(Encrypt(text)));
    }

    [Fact]
    public void What_ends_between_two_chunks_is_cut_off_and_nothing_of_the_last_one_is_returned()
    {
        var whole = Encrypt(RandomNumberGenerator.GetBytes(3 * ChunkCipher.ChunkOctets));

        Assert.Throws<InvalidDataException>(() => Decrypt(whole[..(PassphraseKey.HeaderOctets + (2 * SealedChunk))]));
        Assert.Throws<EndOfStreamException>(() => Decrypt(whole[..PassphraseKey.HeaderOctets]));
        Assert.Throws<InvalidDataException>(() => Decrypt([.. whole, .. whole[^SealedChunk..]]));
    }

    [Fact]
    public void The_same_text_is_never_encrypted_in_the_same_way()
    {
        var text = new byte[100];

        Assert.NotEqual(Encrypt(text)[PassphraseKey.HeaderOctets..], Encrypt(text)[PassphraseKey.HeaderOctets..]);
    }

    private static byte[] Encrypt(byte[] text)
    {
        using var target = new MemoryStream();
        using var cipher = new EncryptingStream(target, Passphrase);
        cipher.Write(text);
        cipher.Complete();
        return target.ToArray();
    }

    private static byte[] Decrypt(byte[] octets)
    {
        using var source = new MemoryStream(octets);
        using var cipher = new DecryptingStream(source, Passphrase);
        using var text = new MemoryStream();
        cipher.CopyTo(text);
        return text.ToArray();
    }
}
