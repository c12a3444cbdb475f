using MailAdmin.Core.Domains;
using MailAdmin.Core.Routing;

namespace MailAdmin.Core.Tests.Routing;

public sealed class SpelledRecipientTests
{
    // The spellings are read as smtpd of Postfix 3.7 reads them. RandomMailTests ask smtpd itself.
    [Theory]
    [InlineData("anna@exemple.be", "anna@exemple.be", false)]
    [InlineData(" <anna@exemple.be> ", "anna@exemple.be", false)]
    [InlineData("\"anna\"@exemple.be", "anna@exemple.be", true)]
    [InlineData("\"anna@exemple.be\"", "anna@exemple.be", true)]
    [InlineData("@x.example:anna@exemple.be", "anna@exemple.be", true)]
    [InlineData("@x.example,@y.example:anna@exemple.be", "anna@exemple.be", true)]
    [InlineData("postmaster", "postmaster@origin.lab.example", true)]
    [InlineData("anna%exemple.be@exemple.be", "anna%exemple.be@exemple.be", false)]
    public void A_recipient_is_read_as_Postfix_reads_it(string typed, string address, bool isRead)
    {
        Assert.True(SpelledRecipient.TryParse(typed, CoreFixture.Host, out var recipient, out _));
        Assert.Equal((address, isRead), (recipient.Address.Value, recipient.IsRead));
    }

    [Theory]
    [InlineData("")]
    [InlineData("pas une adresse")]
    [InlineData("@x.example")]
    public void What_is_none_is_refused(string typed) => Assert.False(SpelledRecipient.TryParse(typed, CoreFixture.Host, out _, out _));

    [Fact]
    public void Where_the_origin_is_not_known_a_bare_name_is_none() =>
        Assert.False(SpelledRecipient.TryParse("postmaster", MailHostNames.None, out _, out _));
}
