using System.Globalization;
using MailAdmin.Core.Accounts;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Web.Features.Shared;

namespace MailAdmin.Web.Tests.Shared;

[Trait("Lane", "unit")]
public sealed class QuotaTextTests
{
    [Theory]
    [InlineData("fr", 7_420, 25_000, "7 420 / 25 000 Ko · 29,68 %")]
    [InlineData("en", 7_420, 25_000, "7,420 / 25,000 KB · 29.68%")]
    [InlineData("nl", 7_420, 25_000, "7.420 / 25.000 KB · 29,68%")]
    [InlineData("de", 7_420, 25_000, "7.420 / 25.000 KB · 29,68 %")]
    [InlineData("fr", 12_800, 25_000, "12 800 / 25 000 Ko · 51,20 %")] // C072
    [InlineData("fr", 6_000, 5_000, "6 000 / 5 000 Ko · 120,00 %")] // C070
    [InlineData("fr", 0, 0, "0 Ko · ne reçoit rien")] // C068
    [InlineData("fr", 120, 0, "120 Ko · ne reçoit rien")]
    [InlineData("fr", null, null, "illimité")]
    [InlineData("en", 120, null, "120 KB · unlimited")]
    [InlineData("nl", 120, null, "120 KB · onbeperkt")]
    [InlineData("de", 120, null, "120 KB · unbegrenzt")]
    public void Usage_is_shown_in_the_readers_language(string language, int? used, int? limit, string expected)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);

        // French uses narrow no-break spaces.
        Assert.Equal(expected, string.Concat(QuotaText.Of(new QuotaUsage(used, limit)).Select(c => char.IsWhiteSpace(c) ? ' ' : c)));
    }

    [Theory]
    [InlineData(89, 100, "")]
    [InlineData(90, 100, "wait")]
    [InlineData(100, 100, "bad")]
    [InlineData(0, 0, "bad")]
    [InlineData(5, null, "")]
    public void Nearly_full_and_full_are_marked(int used, int? limit, string level) =>
        Assert.Equal(level, QuotaText.LevelOf(new QuotaUsage(used, limit), 90));

    [Theory]
    [InlineData(25_000L)]
    [InlineData(Quota.MaxKiB)]
    public void What_a_form_shows_is_read_back_as_the_same(long kib)
    {
        Assert.True(Quota.TryParse(QuotaText.Plain(new Quota(kib)), out var quota, out _));
        Assert.Equal(kib, quota.KiB);
    }
}
