using MailAdmin.Core.Passwords;

namespace MailAdmin.Core.Tests.Passwords;

[Trait("Lane", "unit")]
public sealed class PasswordHashTests
{
    private const string Checked = "abcdefghijklmnopqrstuu7kagq8rv0l//LM3E/yleaDMRF7Knbsm";

    [Theory]
    [InlineData("$2a$04$", 4)]
    [InlineData("$2b$11$", 11)]
    [InlineData("$2y$15$", 15)]
    public void Bcrypt_of_the_three_right_kinds_is_read_with_its_cost(string start, int cost)
    {
        Assert.True(PasswordHash.TryParse(start + Checked, out var hash));
        Assert.Equal((PasswordScheme.Bcrypt, cost, start + Checked), (hash.Scheme, hash.Cost, hash.Value));
    }

    [Theory]
    [MemberData(nameof(CryptVectors.Others), MemberType = typeof(CryptVectors))]
    public void What_imported_accounts_bring_is_read_with_its_scheme(PasswordScheme scheme, string text)
    {
        Assert.True(PasswordHash.TryParse(text, out var hash));
        Assert.Equal(scheme, hash.Scheme);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("secret12")]
    [InlineData("$2x$04$" + Checked)]
    [InlineData("$2$04$" + Checked)]
    [InlineData("$2b$03$" + Checked)]
    [InlineData("$2b$32$" + Checked)]
    [InlineData("$2b$4$" + Checked)]
    [InlineData("$2b$04$" + Checked + "\n")]
    [InlineData("$2b$04$" + Checked + "a")]
    [InlineData("$2b$04$abcdefghijklmnopqrstuu")]
    [InlineData("{CRYPT}")]
    [InlineData("{CRYPT}secret12")]
    [InlineData("{SSHA}dGVzdA==")]
    [InlineData("{SSHA}not base64")]
    [InlineData("{PLAIN-MD5}65513d1ddab4dba8d228e2eed73cbe3")]
    [InlineData("{SHA256.hex}691faf07")]
    [InlineData("{CRAM-MD5}65513d1ddab4dba8d228e2eed73cbe35")]
    [InlineData("{PBKDF2}$1$salt$0$0451d0cc2af8d34698f9ce476fa6de1769f54974")]
    [InlineData("$pbkdf2-sha256$29000$8PHy$5iCS")]
    [InlineData("$2b$04$abcdefghijklmnopqrstuu7kagq8rv0l//LM3E/yleaDMRF7Knbs=")]
    [InlineData("$1$salt$short")]
    [InlineData("$6$salt$")]
    [InlineData("$6$!$aaaa")]
    [InlineData("$y$j9T$F5Jx5fExrKuPp53xLKQ..1")]
    [InlineData("abJnggxhB/yW")]
    [InlineData("abJnggxhB/yWI ")]
    [InlineData("*")]
    [InlineData("!")]
    public void Anything_else_is_no_hash(string? text)
    {
        Assert.False(PasswordHash.TryParse(text, out var hash));
        Assert.Null(hash);
    }

    [Theory]
    [InlineData("$2y$16$" + Checked)]
    [InlineData("$2b$31$" + Checked)]
    [InlineData("$6$rounds=999999999$saltstring$qDFKQeAHpJ4BPlaK9hio0TkaSIeN/6kU0SUtGh5DJxuifh5LcNttdchUyk4Mid4stvNn.o3bu6krSMXeU03WH.")]
    [InlineData("$5$rounds=1000001$s$AQCqDQloOXgZXlEhQxQYYFChKJuXSIufntUQJRYzAc0")]
    [InlineData("$y$jFT$F5Jx5fExrKuPp53xLKQ..1$ne3TR.8cYthFpXBgxxZgedf5e2gKG07dMl3irSylpg9")]
    [InlineData("$y$j9zz$F5Jx5fExrKuPp53xLKQ..1$ne3TR.8cYthFpXBgxxZgedf5e2gKG07dMl3irSylpg9")]
    [InlineData("{PBKDF2}$1$salt$1000001$0451d0cc2af8d34698f9ce476fa6de1769f54974")]
    [InlineData("$pbkdf2-sha256$9999999$8PHy8/T19vf4.fr7/P3./w$5iCSC0L4GQ2mbtUt9puRTVVyt9xingF4b0SPm.OVfVY")]
    public void What_would_hold_up_all_logins_for_its_check_is_no_hash(string text) => Assert.False(PasswordHash.TryParse(text, out _));

    [Theory]
    [InlineData("{CRYPT}$2y$04$" + Checked, "$2y$04$" + Checked)]
    [InlineData("{BLF-CRYPT}$2y$04$" + Checked, "$2y$04$" + Checked)]
    [InlineData("{md5-crypt}$1$7jDrLVwM$EPeHCw8w9y.L1L5kUbsni1", "$1$7jDrLVwM$EPeHCw8w9y.L1L5kUbsni1")]
    [InlineData("{MD5}$1$7jDrLVwM$EPeHCw8w9y.L1L5kUbsni1", "$1$7jDrLVwM$EPeHCw8w9y.L1L5kUbsni1")]
    [InlineData("{CRYPT}abHJTUKpCbp5o", "abHJTUKpCbp5o")]
    public void A_name_before_a_hash_of_crypt_is_left_away(string text, string value)
    {
        Assert.True(PasswordHash.TryParse(text, out var hash));
        Assert.Equal(value, hash.Value);
    }

    [Fact]
    public void A_hash_does_not_show_itself_in_text()
    {
        Assert.True(PasswordHash.TryParse("$2b$04$" + Checked, out var hash));
        Assert.DoesNotContain("LM3E", $"{hash}", StringComparison.Ordinal);
    }
}
