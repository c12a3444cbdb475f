using MailAdmin.Core.Accounts;

namespace MailAdmin.Core.Tests.Accounts;

[Trait("Lane", "unit")]
public sealed class QuotaTests
{
    // C066, C074
    [Theory]
    [InlineData("25000", 25_000)]
    [InlineData("25 000", 25_000)]
    [InlineData("25\u202f000 Ko", 25_000)]
    [InlineData("25.000", 25_000)]
    [InlineData("25,000 KB", 25_000)]
    [InlineData("1,500 MB", null)]
    [InlineData("25001", 25_001)]
    [InlineData("999999", 999_999)]
    [InlineData("0", null)]
    [InlineData("0 MB", null)]
    [InlineData("1.1 GB", 1_153_434)]
    [InlineData("0,7 GB", 734_003)]
    [InlineData("24.4 MB", 24_986)]
    [InlineData("25'000", 25_000)]
    [InlineData("25’000,4 Ko", 25_000)]
    [InlineData("1'234.5 MB", 1_264_128)]
    [InlineData("100'", null)]
    [InlineData("'100", null)]
    [InlineData("25'00", null)]
    [InlineData("2 50", null)]
    [InlineData("1 000'000", null)]
    [InlineData("1.000.000", 1_000_000)]
    [InlineData("1.5.2", null)]
    [InlineData("25 MB", 25_600)]
    [InlineData("1,5 Go", 1_572_864)]
    [InlineData("1.5 GiB", 1_572_864)]
    [InlineData("0.3 KB", 1)]
    [InlineData("-1", null)]
    [InlineData("abc", null)]
    [InlineData("1e9", null)]
    [InlineData("99999999999999", null)]
    [InlineData("", null)]
    public void Quotas_are_read_as_people_write_them_and_rounded_to_whole_KB(string text, int? kib) =>
        Assert.Equal(kib, Quota.TryParse(text, out var quota, out _) ? (int)quota.KiB : (int?)null);

    [Theory]
    [InlineData("-1", "QuotaMalformed")]
    [InlineData("0", "QuotaZero")]
    [InlineData("0,0 Go", "QuotaZero")]
    [InlineData("2147483648", "QuotaTooLarge")]
    [InlineData("4294967296", "QuotaTooLarge")] // C069
    [InlineData("9223372036854775808", "QuotaTooLarge")]
    [InlineData("999999999999999 TB", "QuotaTooLarge")]
    [InlineData("9223372036854775808,5 TB", "QuotaTooLarge")]
    [InlineData(" ", "QuotaMissing")]
    public void What_is_no_quota_is_refused_with_its_reason(string text, string code)
    {
        Assert.False(Quota.TryParse(text, out _, out var problem));
        Assert.Equal(code, problem.Code);
    }
}
