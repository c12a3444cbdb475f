using System.Text;
using MailAdmin.Provisioning.Logins;

namespace MailAdmin.Provisioning.Tests.Logins;

public sealed class SaslauthdRequestTests
{
    private static readonly byte[] Whole = LoginBench.Frame("gugus", "pässwörd€ 9", "smtp", "exemple.be");

    [Fact]
    public void Four_fields_are_a_request()
    {
        Assert.Equal(SaslauthdReading.Complete, SaslauthdRequest.Read(Whole, out var request));
        Assert.NotNull(request);
        Assert.Equal(("gugus", "smtp", "exemple.be"), (request.User, request.Service, request.Realm));
        Assert.Equal("pässwörd€ 9", Encoding.UTF8.GetString(request.Password.Span));
    }

    [Fact]
    public void Any_beginning_of_one_waits_for_the_rest()
    {
        for (var length = 0; length < Whole.Length; length++)
        {
            Assert.Equal(SaslauthdReading.Incomplete, SaslauthdRequest.Read(Whole.AsSpan(0, length), out var request));
            Assert.Null(request);
        }
    }

    [Fact]
    public void Something_behind_it_makes_it_none() =>
        Assert.Equal(SaslauthdReading.Malformed, SaslauthdRequest.Read([.. Whole, 0], out _));

    [Fact]
    public void A_field_too_long_is_refused_before_it_has_come() =>
        Assert.Equal(SaslauthdReading.Malformed, SaslauthdRequest.Read([0, 1, (byte)'a', 4, 1], out _));

    [Fact]
    public void Text_is_taken_for_a_length_and_refused() =>
        Assert.Equal(SaslauthdReading.Malformed, SaslauthdRequest.Read("GET / HTTP/1.1\r\n\r\n"u8, out _));

    [Fact]
    public void The_longest_request_is_read()
    {
        var field = new string('x', SaslauthdRequest.MaxField);
        var octets = LoginBench.Frame(field, field, field, field);
        Assert.Equal(SaslauthdRequest.MaxLength, octets.Length);
        Assert.Equal(SaslauthdReading.Complete, SaslauthdRequest.Read(octets, out _));
    }

    [Fact]
    public void Octets_that_are_no_UTF8_stay_in_the_password_and_are_no_name()
    {
        byte[] octets = [.. LoginBench.Field([0xE9]), .. LoginBench.Field([0xE9, 0x00]), .. LoginBench.Frame("imap", "")];
        Assert.Equal(SaslauthdReading.Complete, SaslauthdRequest.Read(octets, out var request));
        Assert.Equal("\uFFFD", request!.User);
        Assert.Equal([0xE9, 0x00], request.Password.ToArray());
    }

    [Fact]
    public void Whatever_comes_is_read_without_an_exception()
    {
        var random = new Random(7);
        for (var n = 0; n < 20_000; n++)
        {
            var octets = new byte[random.Next(40)];
            random.NextBytes(octets);
            for (var i = 0; i < octets.Length; i++)
            {
                if (random.Next(3) > 0) octets[i] = (byte)random.Next(6);
            }

            var reading = SaslauthdRequest.Read(octets, out var request);
            Assert.Equal(reading == SaslauthdReading.Complete, request is not null);
        }
    }

    [Fact]
    public void A_request_shows_no_password_in_text()
    {
        SaslauthdRequest.Read(LoginBench.Frame("gugus", "Kilo7-gamma", "imap", ""), out var request);
        Assert.Equal("imap login", $"{request}");
    }
}
