using MailAdmin.Core.Domains;

namespace MailAdmin.Core.Tests.Domains;

// D23. MailAdmin.Provisioning.Tests check what the real server refuses.
[Trait("Lane", "unit")]
public sealed class FolderNamesTests
{
    [Theory]
    [InlineData("Sent")]
    [InlineData("Éléments envoyés")]
    [InlineData("Archives/2026")]
    [InlineData("R&D (old) [1]")]
    [InlineData("user")]
    public void Ordinary_names_are_allowed(string name) => Assert.Null(FolderNames.FaultOf(name));

    [Theory]
    [InlineData("Important!", "FolderCharacter")]
    [InlineData("a{5}", "FolderCharacter")]
    [InlineData("a*", "FolderCharacter")]
    [InlineData("a%", "FolderCharacter")]
    [InlineData("INBOX", "FolderReserved")]
    [InlineData("inbox/sub", "FolderReserved")]
    [InlineData("other users/x", "FolderReserved")]
    [InlineData("..", "FolderReserved")]
    [InlineData("a/./b", "FolderReserved")]
    [InlineData("a\u0001b", "FolderInvisible")]
    [InlineData("a\u202eb", "FolderInvisible")]
    [InlineData("a//b", "FolderMalformed")]
    [InlineData("/a", "FolderMalformed")]
    [InlineData("a /b", "FolderMalformed")]
    public void What_would_fail_later_is_refused_with_its_reason(string name, string code) =>
        Assert.Equal(code, FolderNames.FaultOf(name)?.Code);

    [Fact]
    public void A_name_that_is_too_long_is_refused() =>
        Assert.Equal("FolderMalformed", FolderNames.FaultOf(new string('x', FolderNames.MaxLength + 1))?.Code);
}
