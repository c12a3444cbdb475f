using MailAdmin.Core.Accounts;

namespace MailAdmin.Core.Tests.Accounts;

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
    [InlineData("0", 0)]
    [InlineData("25 MB", 25_600)]
    [InlineData("1,5 Go", 1_572_864)]
    [InlineData("1.5 GiB", 1_572_864)]
    [InlineData("0.3 KB", null)]
    [InlineData("-1", null)]
    [InlineData("abc", null)]
    [InlineData("1e9", null)]
    [InlineData("99999999999999", null)]
    [InlineData("", null)]
    public void Quotas_are_read_as_people_write_them_and_never_rounded(string text, int? kib) =>
        Assert.Equal(kib, Quota.TryParse(text, out var quota, out _) ? (int)quota.KiB : (int?)null);
}
