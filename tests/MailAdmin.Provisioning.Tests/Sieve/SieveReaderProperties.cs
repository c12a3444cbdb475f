using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MailAdmin.Provisioning.Sieve;

namespace MailAdmin.Provisioning.Tests.Sieve;

[Trait("Lane", "unit")]
public sealed class SieveReaderProperties
{
    [Property(MaxTest = 500)]
    public void Whatever_text_is_sent_quoted_or_as_a_literal_is_read_however_it_is_cut(
        NonNull<string> text, bool asLiteral, PositiveInt cut)
    {
        var whole = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Get));
        var isQuotable = whole.AsSpan().IndexOfAny('\0', '\r', '\n') < 0;
        var sent = asLiteral || !isQuotable
            ? $"{{{Encoding.UTF8.GetByteCount(whole)}}}\r\n{whole}"
            : $"\"{whole.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

        var response = Read(Encoding.UTF8.GetBytes($"{sent} ACTIVE\r\nOK (CODE {sent} (x)) {sent}\r\n"), cut.Get);

        Assert.Equal(new SieveToken(SieveTokenKind.String, whole), Assert.Single(response.Lines)[0]);
        Assert.Equal("CODE", response.Code);
    }

    [Property(MaxTest = 500)]
    public void What_we_write_as_an_argument_a_server_reads_as_it_was(NonNull<string> text, PositiveInt cut)
    {
        var whole = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Get));

        var line = new SieveReader(new CutStream(SieveCommand.Of("PUTSCRIPT", text.Get, "next"), cut.Get))
            .ReadLineAsync(CancellationToken.None).GetAwaiter().GetResult();

        Assert.Equal(["PUTSCRIPT", whole, "next"], line.Select(t => t.Text));
    }

    [Property(MaxTest = 2000)]
    public void Any_octets_are_an_answer_or_a_fault_that_is_told(byte[] octets, PositiveInt cut) => EndsWell(octets, cut.Get);

    [Property(MaxTest = 2000)]
    public Property Any_mixture_of_the_protocols_own_signs_is_an_answer_or_a_fault_that_is_told()
    {
        var piece = Gen.Elements(
            "OK", "NO", "BYE", " ", "\r\n", "\r", "\n", "(", ")", "\"", "\\", "{", "}", "{3}\r\n", "{3+}\r\nabc", "9", "+", "QUOTA/MAXSIZE",
            "é", "\0");
        return Prop.ForAll(Gen.ListOf(piece).Select(string.Concat).ToArbitrary(), text => EndsWell(Encoding.UTF8.GetBytes(text), 3));
    }

    private static void EndsWell(byte[] octets, int cut)
    {
        try
        {
            Read(octets, cut);
        }
        catch (IOException)
        {
            // A protocol fault, or the end of the stream: the client reports both as unavailable.
        }
    }

    private static SieveResponse Read(byte[] octets, int cut) =>
        SieveResponse.ReadAsync(new SieveReader(new CutStream(octets, cut)), CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>Returns a few octets at a time, as a network may.</summary>
    private sealed class CutStream(byte[] octets, int cut) : MemoryStream(octets)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(Read(buffer.Span[..Math.Min(buffer.Length, cut)]));
    }
}
