using MailAdmin.Core.Search;

namespace MailAdmin.Core.Tests.Search;

public sealed class LikenessTests
{
    [Theory]
    [InlineData("dupont", "dupont", Likeness.Same)]
    [InlineData("dupont.g", "dupont", Likeness.Beginning)]
    [InlineData("gugus.dupont", "dupont", Likeness.Word)]
    [InlineData("xdupont-dupont", "dupont", Likeness.Word)]
    [InlineData("xdupont", "dupont", Likeness.Inside)]
    [InlineData("aaa", "aa", Likeness.Beginning)]
    [InlineData("dupond", "dupont", null)]
    public void A_text_is_as_like_as_its_best_place(string text, string sought, Likeness? likeness) => Assert.Equal(likeness, Likenesses.Of(text, sought));
}
