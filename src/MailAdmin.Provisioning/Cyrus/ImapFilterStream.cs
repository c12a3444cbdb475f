using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>
/// Sits under MailKit and passes every line in both directions to <see cref="ImapCompatibility"/>: the line is answered here, changed,
/// dropped or passed on. For administration, not for reading mail: the server's literals are treated as lines too. Asynchronous only.
/// </summary>
/// <param name="inner">The connection.</param>
/// <param name="greeting">A first line, with CRLF, for MailKit alone: the server's own was read before TLS.</param>
internal sealed partial class ImapFilterStream(Stream inner, string greeting = "") : Stream
{
    // The most octets that may arrive between two commands. MailKit sends no command with a long answer: LIST is answered here.
    private const int MaxAnswer = 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _command = new();
    private readonly ArrayBufferWriter<byte> _passed = new();
    private readonly ArrayBufferWriter<byte> _answer = new();
    private readonly Queue<byte> _answers = new(Encoding.ASCII.GetBytes(greeting));
    private readonly byte[] _buffer = new byte[4096];
    private long _literal;
    private bool _continued;
    private int _received;

    /// <summary>The hierarchy separator of mailbox names. Until NAMESPACE has been answered, names are answered as not found.</summary>
    public char? Separator { get; set; }

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_answers.Count == 0)
        {
            var count = await inner.ReadAsync(_buffer, cancellationToken);
            if (count == 0) return 0;
            if ((_received += count) > MaxAnswer) throw new IOException("the server's answer does not end");
            TakeAnswers(_buffer.AsSpan(0, count));
        }
        var given = Math.Min(buffer.Length, _answers.Count);
        for (var i = 0; i < given; i++) buffer.Span[i] = _answers.Dequeue();
        return given;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _received = 0;
        TakeCommands(buffer.Span);
        if (_passed.WrittenCount > 0) await inner.WriteAsync(_passed.WrittenMemory, cancellationToken);
        _passed.ResetWrittenCount();
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    // A command is examined when its line is complete; the octets of a literal are never a command, whatever they look like.
    private void TakeCommands(ReadOnlySpan<byte> octets)
    {
        while (!octets.IsEmpty)
        {
            if (_literal > 0)
            {
                var count = (int)Math.Min(_literal, octets.Length);
                _passed.Write(octets[..count]);
                _literal -= count;
                octets = octets[count..];
            }
            else if (LineIsWhole(_command, ref octets, out var line)) TakeCommand(line);
        }
    }

    private void TakeCommand(string line)
    {
        if (!_continued && ImapCompatibility.AnswerTo(line, Separator) is { } answer) Reply(answer);
        else _passed.Write(Encoding.Latin1.GetBytes(line));
        var literal = LiteralAhead().Match(line);
        _continued = literal.Success;
        _literal = literal.Success ? long.Parse(literal.Groups["octets"].Value, CultureInfo.InvariantCulture) : 0;
    }

    private void TakeAnswers(ReadOnlySpan<byte> octets)
    {
        while (!octets.IsEmpty)
        {
            if (LineIsWhole(_answer, ref octets, out var line)) Reply(ImapCompatibility.Hear(line));
            if (_answer.WrittenCount > ImapLines.MaxLine) throw ImapLines.TooLong();
        }
    }

    private void Reply(string text)
    {
        foreach (var octet in Encoding.Latin1.GetBytes(text)) _answers.Enqueue(octet);
    }

    private static bool LineIsWhole(ArrayBufferWriter<byte> begun, ref ReadOnlySpan<byte> octets, out string line)
    {
        var end = octets.IndexOf((byte)'\n') + 1;
        begun.Write(end > 0 ? octets[..end] : octets);
        octets = end > 0 ? octets[end..] : [];
        line = end > 0 ? Encoding.Latin1.GetString(begun.WrittenSpan) : "";
        if (end > 0) begun.ResetWrittenCount();
        return end > 0;
    }

    [GeneratedRegex(@"\{(?<octets>[0-9]{1,18})\+?\}\r\n$", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex LiteralAhead();
}
