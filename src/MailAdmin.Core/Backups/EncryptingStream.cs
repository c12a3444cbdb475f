namespace MailAdmin.Core.Backups;

/// <summary>Encrypts what is written to it. Without <see cref="Complete"/> the archive stays cut off, which its reader notices.</summary>
internal sealed class EncryptingStream : Stream
{
    private readonly Stream _target;
    private readonly ChunkCipher _cipher;
    private readonly byte[] _chunk = new byte[ChunkCipher.ChunkOctets];
    private readonly byte[] _sealed = new byte[ChunkCipher.ChunkOctets + ChunkCipher.TagOctets];
    private int _length;

    /// <param name="target">Stays open.</param>
    /// <param name="passphrase">Makes the key.</param>
    public EncryptingStream(Stream target, string passphrase)
    {
        var key = PassphraseKey.New(passphrase);
        (_target, _cipher) = (target, new ChunkCipher(key));
        target.Write(key.Header);
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            // A full chunk waits until something follows: the last one is marked.
            if (_length == _chunk.Length) Flush(isLast: false);
            var taken = Math.Min(buffer.Length, _chunk.Length - _length);
            buffer[..taken].CopyTo(_chunk.AsSpan(_length));
            _length += taken;
            buffer = buffer[taken..];
        }
    }

    /// <summary>Writes the last chunk.</summary>
    public void Complete() => Flush(isLast: true);

    public override void Flush()
    {
        // Chunks have one length, except the last.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _cipher.Dispose();
        base.Dispose(disposing);
    }

    private void Flush(bool isLast)
    {
        var length = _length + ChunkCipher.TagOctets;
        _cipher.Seal(_chunk.AsSpan(0, _length), isLast, _sealed.AsSpan(0, length));
        _target.Write(_sealed, 0, length);
        _length = 0;
    }
}
