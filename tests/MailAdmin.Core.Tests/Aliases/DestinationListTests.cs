using MailAdmin.Core.Aliases;

namespace MailAdmin.Core.Tests.Aliases;

public sealed class DestinationListTests
{
    // C035's kind: what is pasted
    [Theory]
    [InlineData("a@example.org\r\n\r\n b@example.net ,c@example.org;\r\n", "a@example.org|b@example.net|c@example.org")]
    [InlineData("Gugus Dupont <gugus@exemple.be>, pascal@exemple.be", "gugus@exemple.be|pascal@exemple.be")]
    [InlineData("\"Dupont, Gugus\" <gugus@exemple.be>; \"a;b\" <b@example.org>", "gugus@exemple.be|b@example.org")]
    [InlineData("a@example.org <a@example.org>\nB <b@example.org> C <c@example.org>", "a@example.org|b@example.org|c@example.org")]
    [InlineData("< a@example.org >\u00a0exemple0001", "a@example.org")]
    [InlineData("exemple0001\texemple0002\u00a0exemple0003", "exemple0001|exemple0002|exemple0003")]
    [InlineData("\"unfinished, a@example.org", "\"unfinished|a@example.org")]
    [InlineData("\"|id\"@exemple.be", "\"|id\"@exemple.be")]
    [InlineData("<>", "<>")]
    [InlineData(" ,;\r\n", "")]
    [InlineData(null, "")]
    public void Pasted_lists_are_taken_apart_and_names_left_out(string? text, string expected) =>
        Assert.Equal(expected, string.Join('|', DestinationList.Split(text)));
}
