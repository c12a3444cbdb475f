using MailAdmin.Core.Search;

namespace MailAdmin.Core.Tests.Search;

[Trait("Lane", "unit")]
public sealed class MatchRankTests
{
    [Theory]
    [InlineData("dupont", "dupont", MatchRank.Same)]
    [InlineData("dupont.g", "dupont", MatchRank.Beginning)]
    [InlineData("gugus.dupont", "dupont", MatchRank.Word)]
    [InlineData("xdupont-dupont", "dupont", MatchRank.Word)]
    [InlineData("xdupont", "dupont", MatchRank.Inside)]
    [InlineData("aaa", "aa", MatchRank.Beginning)]
    [InlineData("dupond", "dupont", null)]
    public void A_text_is_as_like_as_its_best_place(string text, string sought, MatchRank? likeness) =>
        Assert.Equal(likeness, MatchRanks.Of(text, sought));
}
