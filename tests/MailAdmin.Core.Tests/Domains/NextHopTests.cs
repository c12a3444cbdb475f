using MailAdmin.Core.Domains;

namespace MailAdmin.Core.Tests.Domains;

[Trait("Lane", "unit")]
public sealed class NextHopTests
{
    [Theory]
    [InlineData("smtp:[mail.example.org]", "smtp:[mail.example.org]")]
    [InlineData(" SMTP:[Mail.Example.ORG]:2525 ", "smtp:[mail.example.org]:2525")]
    [InlineData("lmtp:[192.0.2.1]:24", "lmtp:[192.0.2.1]:24")]
    [InlineData("smtp:[old]:25", "smtp:[old]:25")]
    [InlineData("smtp:[été.example]:25", "smtp:[xn--t-9fab.example]:25")]
    [InlineData("smtp:[ipv6:2001:DB8::1]:25", "smtp:[ipv6:2001:db8::1]:25")]
    [InlineData("smtp:[2001:db8:0::1]", "smtp:[ipv6:2001:db8::1]")]
    [InlineData("lmtp:unix:/run/cyrus/socket/lmtp", "lmtp:unix:/run/cyrus/socket/lmtp")]
    public void A_next_hop_is_kept_as_Postfix_reads_it(string text, string kept)
    {
        Assert.True(NextHop.TryParse(text, out var hop, out _));
        Assert.Equal(kept, hop.Value);
        Assert.Equal(kept, NextHop.Parse(hop.Value).Value);
    }

    // C153
    [Theory]
    [InlineData("", "NextHopMissing")]
    [InlineData("  ", "NextHopMissing")]
    [InlineData(null, "NextHopMissing")]
    [InlineData("cyrus", "NextHopMalformed")]
    [InlineData(":", "NextHopMalformed")]
    [InlineData("lmtp:unix:/a b", "NextHopMalformed")]
    [InlineData("lmtp:unix:relative", "NextHopMalformed")]
    [InlineData("x\ny", "NextHopMalformed")]
    [InlineData("smtp:[a.example]:25\nsmtp:[b.example]", "NextHopMalformed")]
    [InlineData("smtp:[a.example]\n", null)] // As a field may send it.
    [InlineData("error:5.1.1 gone", "NextHopMalformed")]
    [InlineData("discard:", "NextHopMalformed")]
    [InlineData("pipe:[mail.example.org]", "NextHopMalformed")]
    [InlineData("smtp:[]", "NextHopMalformed")]
    [InlineData("smtp:[a b]", "NextHopMalformed")]
    [InlineData("smtp:[-a.example]", "NextHopMalformed")]
    [InlineData("smtp:[999.0.0.1]", "NextHopMalformed")]
    [InlineData("smtp:[1.2.3]", "NextHopMalformed")]
    [InlineData("smtp:[ipv6:nonsense]", "NextHopMalformed")]
    [InlineData("smtp:[fe80::1%eth0]", "NextHopMalformed")]
    [InlineData("smtp:[mail.example.org]x", "NextHopMalformed")]
    [InlineData("smtp:[mail.example.org]:", "NextHopPort")]
    [InlineData("smtp:[mail.example.org]:0", "NextHopPort")]
    [InlineData("smtp:[mail.example.org]:65536", "NextHopPort")]
    [InlineData("smtp:[mail.example.org]:smtp", "NextHopPort")]
    [InlineData("smtp:mail.example.org", "NextHopUnbracketed")]
    [InlineData("lmtp:mail.example.org:24", "NextHopUnbracketed")]
    public void What_Postfix_would_misread_is_refused_with_the_reason(string? text, string? code)
    {
        Assert.Equal(code is null, NextHop.TryParse(text, out _, out var problem));
        Assert.Equal(code, problem?.Code);
    }
}
