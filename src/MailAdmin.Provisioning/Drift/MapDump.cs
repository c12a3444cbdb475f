using System.Diagnostics;
using MailAdmin.Provisioning.Postfix;

namespace MailAdmin.Provisioning.Drift;

/// <summary>Reads a compiled map row by row in the order of its keys: <c>postmap -s</c>.</summary>
internal sealed class MapDump : IDisposable
{
    private readonly Process _process;
    private readonly Stream _output;
    private readonly Task<string> _errors;
    private readonly byte[] _buffer = new byte[1024 * 1024];
    private int _start;
    private int _end;
    private bool _ended;

    /// <exception cref="PostmapException">postmap can't be started.</exception>
    public MapDump(Postmap postmap, string map)
    {
        _process = postmap.StartDump(map);
        _output = _process.StandardOutput.BaseStream;
        _errors = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>The current row. Null after the last one, and before the first call of <see cref="Next"/>.</summary>
    public (ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Value)? Line { get; private set; }

    public void Next()
    {
        for (; ; )
        {
            ReadOnlyMemory<byte> rest = _buffer.AsMemory(_start, _end - _start);
            var end = rest.Span.IndexOf((byte)'\n');
            if (end >= 0)
            {
                _start += end + 1;
                var tab = rest.Span[..end].IndexOf((byte)'\t');
                Line = tab < 0 ? (rest[..end], ReadOnlyMemory<byte>.Empty) : (rest[..tab], rest[(tab + 1)..end]);
                return;
            }
            if (_ended || !Fill(rest))
            {
                Line = null;
                return;
            }
        }
    }

    /// <exception cref="PostmapException">postmap failed, so that not all rows were read.</exception>
    public void Finish()
    {
        _process.WaitForExit();
        var words = _errors.GetAwaiter().GetResult().Trim();
        if (words.Length > 0 || _process.ExitCode != 0)
            throw new PostmapException(words.Length > 0 ? words : $"postmap exited with {_process.ExitCode}");
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    private bool Fill(ReadOnlyMemory<byte> rest)
    {
        rest.CopyTo(_buffer);
        (_start, _end) = (0, rest.Length);
        var count = _output.Read(_buffer, _end, _buffer.Length - _end);
        _end += count;
        _ended = count == 0;
        return !_ended;
    }
}
