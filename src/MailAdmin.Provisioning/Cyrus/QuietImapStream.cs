using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MailAdmin.Provisioning.Cyrus;

/// <summary>
/// Lies under MailKit and answers the LISTs that it sends on its own account: to an administrator Cyrus answers each of them by walking
/// through all the mailboxes that it has. So every mailbox asked for by name seems to be there; the next command tells the truth.
/// <c>docs/decisions/0003-quiet-imap-stream.md</c> says what was measured.
/// </summary>
internal sealed partial class QuietImapStream(Stream inner) : Stream
{
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly ArrayBufferWriter<byte> _passed = new();
    private readonly Queue<byte> _answers = new();
    private long _literal;
    private bool _continued;

    /// <summary>What stands between levels of a mailbox name. Until NAMESPACE has told, names are answered as not found.</summary>
    public char? Separator { get; set; }

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) =>
        _answers.Count > 0 ? Answer(buffer.AsSpan(offset, count)) : inner.Read(buffer, offset, count);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _answers.Count > 0 ? Answer(buffer.Span) : await inner.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count)
    {
        Take(buffer.AsSpan(offset, count));
        inner.Write(_passed.WrittenSpan);
        _passed.ResetWrittenCount();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Take(buffer.Span);
        if (_passed.WrittenCount > 0) await inner.WriteAsync(_passed.WrittenMemory, cancellationToken);
        _passed.ResetWrittenCount();
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private int Answer(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _answers.Count);
        for (var i = 0; i < count; i++) buffer[i] = _answers.Dequeue();
        return count;
    }

    // A command is judged when its line is whole; the octets of a literal are nobody's command, whatever they look like.
    private void Take(ReadOnlySpan<byte> octets)
    {
        while (!octets.IsEmpty)
        {
            var lineEnd = octets.IndexOf((byte)'\n') + 1;
            var count = _literal > 0 ? (int)Math.Min(_literal, octets.Length) : lineEnd > 0 ? lineEnd : octets.Length;
            if (_literal > 0)
            {
                _passed.Write(octets[..count]);
                _literal -= count;
            }
            else
            {
                _line.Write(octets[..count]);
                if (lineEnd > 0) EndLine();
            }
            octets = octets[count..];
        }
    }

    private void EndLine()
    {
        var line = Encoding.Latin1.GetString(_line.WrittenSpan);
        var answer = _continued ? null : AnswerTo(line);
        if (answer is null) _passed.Write(_line.WrittenSpan);
        else foreach (var octet in Encoding.Latin1.GetBytes(answer)) _answers.Enqueue(octet);
        _line.ResetWrittenCount();
        var literal = LiteralAhead().Match(line);
        _continued = literal.Success;
        _literal = literal.Success ? long.Parse(literal.Groups["octets"].Value, CultureInfo.InvariantCulture) : 0;
    }

    private string? AnswerTo(string line)
    {
        if (Everything().Match(line) is { Success: true } all) return $"{all.Groups["tag"].Value} OK Completed\r\n";
        if (ByName().Match(line) is not { Success: true } one) return null;
        var row = Separator is { } separator ? $"* LIST () \"{separator}\" {one.Groups["name"].Value}\r\n" : "";
        return $"{row}{one.Groups["tag"].Value} OK Completed\r\n";
    }

    [GeneratedRegex("""^(?<tag>[^ ]+) (XLIST|LIST \(SPECIAL-USE\)) "" "?\*"?( RETURN \([A-Z -]*\))?\r\n$""", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Everything();

    // A name of no octets asks for the separator and one with * or % for many mailboxes: those are for the server.
    [GeneratedRegex("""^(?<tag>[^ ]+) LIST "" (?<name>"([^"\\*%]|\\["\\])+"|[^ "(){}%*\\]+)( RETURN \([A-Z -]*\))?\r\n$""", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex ByName();

    [GeneratedRegex(@"\{(?<octets>[0-9]{1,18})\+?\}\r\n$", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex LiteralAhead();
}
