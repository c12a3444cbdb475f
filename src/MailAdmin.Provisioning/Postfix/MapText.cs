using System.Text;
using MailAdmin.Core.Routing;

namespace MailAdmin.Provisioning.Postfix;

/// <summary>
/// Writes the text of a whole map through one large buffer: with a million lines, the cost of each line matters. Each line is checked like
/// any other, because postmap does not report what it misreads.
/// </summary>
internal sealed class MapText(string path) : IDisposable
{
    private readonly FileStream _file = new(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
    private readonly byte[] _buffer = new byte[1 << 17];
    private int _length;

    /// <exception cref="InvalidDataException">postmap or Postfix would misread the line.</exception>
    public void Write(PostfixMap map, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        MapLine.Check(map, key, value);
        Append(key, (byte)'\t');
        Append(value, (byte)'\n');
    }

    public void Write(MapLine line)
    {
        Append(Encoding.UTF8.GetBytes(line.Key), (byte)'\t');
        Append(Encoding.UTF8.GetBytes(line.Value), (byte)'\n');
    }

    public void Dispose()
    {
        Flush();
        _file.Dispose();
    }

    private void Append(ReadOnlySpan<byte> text, byte end)
    {
        if (text.Length >= _buffer.Length - _length) Flush();
        if (text.Length < _buffer.Length)
        {
            text.CopyTo(_buffer.AsSpan(_length));
            _length += text.Length;
        }
        else
        {
            _file.Write(text);
        }
        _buffer[_length++] = end;
    }

    private void Flush()
    {
        _file.Write(_buffer, 0, _length);
        _length = 0;
    }
}
