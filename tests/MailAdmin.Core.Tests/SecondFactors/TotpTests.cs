using System.Text;
using MailAdmin.Core.SecondFactors;

namespace MailAdmin.Core.Tests.SecondFactors;

[Trait("Lane", "unit")]
public sealed class TotpTests
{
    private static readonly byte[] Secret = "12345678901234567890"u8.ToArray();

    // RFC 6238, appendix B, cut to six digits.
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code) =>
        Assert.Equal(code, Totp.CodeAt(Secret, Totp.StepOf(DateTimeOffset.FromUnixTimeSeconds(seconds))));

    [Fact]
    public void A_clock_may_be_off_by_one_step_and_by_no_more()
    {
        var now = DateTimeOffset.Parse("2026-11-25T09:41:00Z");
        var step = Totp.StepOf(now);

        Assert.Equal(
            [null, step - 1, step, step + 1, null], Enumerable.Range(-2, 5)
                .Select(n => Totp.FindStep(Secret, Totp.CodeAt(Secret, step + n), now)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("28708")]
    [InlineData("2870820")]
    [InlineData("۲۸۷۰۸۲")]
    [InlineData("287082\0")]
    public void What_is_no_code_is_wrong(string? code) => Assert.Null(Totp.FindStep(Secret, code, DateTimeOffset.FromUnixTimeSeconds(59)));

    [Fact]
    public void A_code_may_be_typed_as_apps_show_it() =>
        Assert.NotNull(Totp.FindStep(Secret, " 287 082 ", DateTimeOffset.FromUnixTimeSeconds(59)));

    // RFC 4648, section 10.
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Base32_is_that_of_the_standard(string text, string encoded) =>
        Assert.Equal(encoded, Base32.Encode(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void The_link_names_hoster_and_admin_whatever_they_are_called() => Assert.Equal(
        "otpauth://totp/H%C3%A9berg%C3%A9%20%26%20Co:jens%40a.b?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=H%C3%A9berg%C3%A9%20%26%20Co&algorithm=SHA1&digits=6&period=30",
        Totp.LinkOf(Secret, "Hébergé & Co", "jens@a.b"));
}
