using System.Security.Cryptography;

namespace MailAdmin.Core.Backups;

/// <summary>Decrypts an archive. It returns nothing of a chunk that is not whole.</summary>
internal sealed class DecryptingStream : Stream
{
    private readonly Stream _source;
    private readonly ChunkCipher _cipher;
    private readonly byte[] _chunk = new byte[ChunkCipher.ChunkOctets];
    private readonly byte[] _sealed = new byte[ChunkCipher.ChunkOctets + ChunkCipher.TagOctets];
    private int _at;
    private int _length;
    private bool _isOver;

    /// <param name="source">Is at the archive's beginning, has a length, and stays open.</param>
    /// <param name="passphrase">Makes the key.</param>
    /// <exception cref="BackupException">It is another passphrase.</exception>
    /// <exception cref="InvalidDataException">The header is damaged.</exception>
    public DecryptingStream(Stream source, string passphrase)
    {
        var header = new byte[PassphraseKey.HeaderOctets];
        source.ReadExactly(header);
        (_source, _cipher) = (source, new ChunkCipher(PassphraseKey.Of(header, passphrase)));
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_at == _length && !_isOver) Next();
        var taken = Math.Min(buffer.Length, _length - _at);
        _chunk.AsSpan(_at, taken).CopyTo(buffer);
        _at += taken;
        return taken;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _cipher.Dispose();
        base.Dispose(disposing);
    }

    private void Next()
    {
        var length = _source.ReadAtLeast(_sealed, _sealed.Length, throwOnEndOfStream: false);
        if (length < ChunkCipher.TagOctets) throw new EndOfStreamException();
        _isOver = _source.Position == _source.Length;
        (_at, _length) = (0, length - ChunkCipher.TagOctets);
        try
        {
            _cipher.Open(_sealed.AsSpan(0, length), _isOver, _chunk.AsSpan(0, _length));
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw new InvalidDataException("A chunk is not the one that was written.", e);
        }
    }
}
