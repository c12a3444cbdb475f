using MailAdmin.Provisioning.Sieve;

namespace MailAdmin.Provisioning.Tests.Sieve;

[Trait("Lane", "unit")]
public sealed class SieveLexerTests
{
    [Theory]
    [InlineData("require [\"vacation\"];\r\nkeep;", "keep require")]
    [InlineData("VACATION \"x\";", "vacation")]
    [InlineData("if true{vacation\"x\";}", "if true vacation")]
    [InlineData("# vacation\nkeep;", "keep")]
    [InlineData("keep; /* reject\n */ stop;", "keep stop")]
    [InlineData("reject text:\r\nvacation\r\n..\r\n.\r\n;keep;", "keep reject")]
    [InlineData("reject TEXT: # comment\nvacation\n.\n;", "reject")]
    [InlineData("fileinto \"a\\\"vacation\\\\\"; include \"b\";", "fileinto include")]
    [InlineData("vacation :days 7 :reject \"x\";", "vacation")]
    [InlineData("if size :over 10K { ereject \"x\"; }", "ereject if size")]
    [InlineData("keep; \"unfinished vacation", "keep")]
    [InlineData("", "")]
    public void Commands_are_told_from_what_only_looks_like_them(string script, string identifiers)
    {
        Assert.Equal(identifiers, string.Join(' ', SieveLexer.Identifiers(script).Order()));
    }
}
