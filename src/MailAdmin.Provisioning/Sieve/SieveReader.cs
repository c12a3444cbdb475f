using System.Globalization;
using System.Text;

namespace MailAdmin.Provisioning.Sieve;

internal enum SieveTokenKind
{
    String,
    Atom,
    Open,
    Close,
}

/// <param name="Text">A string's text without quotes; an atom in upper case, since atoms are case-insensitive.</param>
internal readonly record struct SieveToken(SieveTokenKind Kind, string Text);

/// <summary>
/// Reads a ManageSieve server's output token by token (RFC 5804, section 4). Any input gives either a token or a
/// <see cref="SieveProtocolException"/>, and memory never holds more than the limits allow.
/// </summary>
internal sealed class SieveReader(Stream stream)
{
    /// <summary>The longest line in octets, without its literals. Names have at most 512, and an answer's words some hundred.</summary>
    public const int MaxLine = 16 * 1024;

    /// <summary>The longest literal in octets, which holds a script. Servers accept scripts of a tenth of that.</summary>
    public const int MaxLiteral = 4 * 1024 * 1024;

    private readonly byte[] _buffer = new byte[4096];
    private int _next;
    private int _end;
    private int _line;

    /// <summary>Whether backslashes in quoted strings are literal.</summary>
    public bool IsVerbatim { get; set; }

    /// <summary>Whether input has been received that has not been consumed yet: before TLS, an attacker may have injected it.</summary>
    public bool HasMore => _next < _end;

    /// <summary>Reads one line with its literals.</summary>
    /// <exception cref="SieveProtocolException">The input is not a valid line.</exception>
    /// <exception cref="EndOfStreamException">The connection ended.</exception>
    public async Task<IReadOnlyList<SieveToken>> ReadLineAsync(CancellationToken cancellationToken)
    {
        var tokens = new List<SieveToken>();
        _line = 0;
        while (true)
        {
            var octet = await ReadAsync(cancellationToken);
            if (octet == '\r') break;
            switch (octet)
            {
                case (byte)' ': break;
                case (byte)'(': tokens.Add(new(SieveTokenKind.Open, "(")); break;
                case (byte)')': tokens.Add(new(SieveTokenKind.Close, ")")); break;
                case (byte)'"': tokens.Add(new(SieveTokenKind.String, await ReadQuotedAsync(cancellationToken))); break;
                case (byte)'{': tokens.Add(new(SieveTokenKind.String, await ReadLiteralAsync(cancellationToken))); break;
                default: tokens.Add(new(SieveTokenKind.Atom, await ReadAtomAsync(octet, cancellationToken))); break;
            }
        }
        await ExpectAsync('\n', cancellationToken);
        return tokens;
    }

    // Cyrus lists names unescaped, so a quote ends the string only where a string may end, and a backslash may be literal.
    private async Task<string> ReadQuotedAsync(CancellationToken cancellationToken)
    {
        var octets = new List<byte>();
        while (true)
        {
            var octet = await ReadAsync(cancellationToken);
            if (octet is 0 or (byte)'\r' or (byte)'\n') throw new SieveProtocolException("A quoted string does not end");
            if (octet == '"' && await PeekAsync(cancellationToken) is (byte)' ' or (byte)'\r' or (byte)')')
                return Encoding.UTF8.GetString([.. octets]);
            if (!IsVerbatim && octet == '\\' && await PeekAsync(cancellationToken) is (byte)'"' or (byte)'\\')
            {
                var escaped = await ReadAsync(cancellationToken);
                if (escaped == '"' && await PeekAsync(cancellationToken) == '\r') return Encoding.UTF8.GetString([.. octets, octet]);
                octet = escaped;
            }
            octets.Add(octet);
        }
    }

    private async Task<string> ReadLiteralAsync(CancellationToken cancellationToken)
    {
        var length = 0L;
        byte octet;
        while ((octet = await ReadAsync(cancellationToken)) is >= (byte)'0' and <= (byte)'9')
        {
            length = (length * 10) + octet - '0';
            if (length > MaxLiteral)
                throw new SieveProtocolException(
                    string.Create(CultureInfo.InvariantCulture, $"A literal has more than {MaxLiteral} octets"));
        }
        if (octet == '+') octet = await ReadAsync(cancellationToken);
        if (octet != '}') throw new SieveProtocolException("A literal has no length");
        await ExpectAsync('\r', cancellationToken);
        await ExpectAsync('\n', cancellationToken);
        return await ReadOctetsAsync((int)length, cancellationToken);
    }

    // Memory grows with the received octets, not with the announced length.
    private async Task<string> ReadOctetsAsync(int length, CancellationToken cancellationToken)
    {
        using var octets = new MemoryStream();
        while (octets.Length < length)
        {
            if (!HasMore) await FillAsync(cancellationToken);
            var taken = Math.Min(_end - _next, length - (int)octets.Length);
            octets.Write(_buffer, _next, taken);
            _next += taken;
        }
        return Encoding.UTF8.GetString(octets.GetBuffer(), 0, length);
    }

    private async Task<string> ReadAtomAsync(byte first, CancellationToken cancellationToken)
    {
        var atom = new StringBuilder();
        for (var octet = first; ; octet = await ReadAsync(cancellationToken))
        {
            if (octet is <= (byte)' ' or (byte)'"' or (byte)'{' or >= 0x7f)
                throw new SieveProtocolException("What came is no answer of ManageSieve");
            atom.Append(char.ToUpperInvariant((char)octet));
            if (await PeekAsync(cancellationToken) is (byte)' ' or (byte)'\r' or (byte)'(' or (byte)')') return atom.ToString();
        }
    }

    private async Task ExpectAsync(char expected, CancellationToken cancellationToken)
    {
        if (await ReadAsync(cancellationToken) != expected) throw new SieveProtocolException("A line does not end as one");
    }

    private async ValueTask<byte> ReadAsync(CancellationToken cancellationToken)
    {
        if (++_line > MaxLine)
            throw new SieveProtocolException(string.Create(CultureInfo.InvariantCulture, $"A line has more than {MaxLine} octets"));
        if (!HasMore) await FillAsync(cancellationToken);
        return _buffer[_next++];
    }

    private async ValueTask<byte> PeekAsync(CancellationToken cancellationToken)
    {
        if (!HasMore) await FillAsync(cancellationToken);
        return _buffer[_next];
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        _next = 0;
        _end = await stream.ReadAsync(_buffer, cancellationToken);
        if (_end == 0) throw new EndOfStreamException("The server has hung up");
    }
}
