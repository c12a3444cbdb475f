using MailAdmin.Core.Aliases;

namespace MailAdmin.Core.Tests.Aliases;

[Trait("Lane", "unit")]
public sealed class DestinationListTests
{
    // Pasted lists, as in C035.
    [Theory]
    [InlineData("a@example.org\r\n\r\n b@example.net ,c@example.org;\r\n", "a@example.org|b@example.net|c@example.org")]
    [InlineData("Gugus Dupont <gugus@exemple.be>, pascal@exemple.be", "gugus@exemple.be|pascal@exemple.be")]
    [InlineData("\"Dupont, Gugus\" <gugus@exemple.be>; \"a;b\" <b@example.org>", "gugus@exemple.be|b@example.org")]
    [InlineData("a@example.org <a@example.org>\nB <b@example.org> C <c@example.org>", "a@example.org|b@example.org|c@example.org")]
    [InlineData("< a@example.org >\u00a0exemple0001", "a@example.org")]
    [InlineData("exemple0001\texemple0002", "exemple0001|exemple0002")]
    // Words without an @ are one item, so they give one error if they are no usernames.
    [InlineData("exemple0001 exemple0002\u00a0exemple0003\npas une adresse", "exemple0001 exemple0002 exemple0003|pas une adresse")]
    [InlineData("Martin, Léa <lea@example.org>;", "lea@example.org")]
    [InlineData(
        "Martin, Léa <lea@example.org>, Dupont, Gugus <gugus@exemple.be>; exemple0001, Bob <bob@example.org>",
        "lea@example.org|gugus@exemple.be|exemple0001|bob@example.org")]
    [InlineData("\ufeffa@example.org\tb@example.org\r\nc@example.org\t\t", "a@example.org|b@example.org|c@example.org")]
    [InlineData(
        "mailto:a@example.org, MAILTO:b%2Bx@example.org?subject=c,\u200ed@example.org\u200b",
        "a@example.org|b+x@example.org|d@example.org")]
    [InlineData("  a@example.org  \n\tb@example.org", "a@example.org|b@example.org")] // C147
    [InlineData("\"unfinished, a@example.org", "\"unfinished|a@example.org")]
    [InlineData("\"|id\"@exemple.be", "\"|id\"@exemple.be")]
    [InlineData("<>", "<>")]
    [InlineData(" ,;\r\n", "")]
    [InlineData(null, "")]
    public void Pasted_lists_are_taken_apart_and_names_left_out(string? text, string expected) =>
        Assert.Equal(expected, string.Join('|', DestinationList.Split(text)));
}
