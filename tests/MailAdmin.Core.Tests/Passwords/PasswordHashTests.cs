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
    [InlineData("{CRYPT}$2b$04$" + Checked)]
    [InlineData("$2b$04$abcdefghijklmnopqrstuu7kagq8rv0l//LM3E/yleaDMRF7Knbs=")]
    [InlineData("$1$salt$short")]
    [InlineData("$6$salt$")]
    [InlineData("$6$!$aaaa")]
    [InlineData("$y$j9T$F5Jx5fExrKuPp53xLKQ..1")]
    [InlineData("abJnggxhB/yWI")]
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
    public void What_would_hold_up_all_logins_for_its_check_is_no_hash(string text) => Assert.False(PasswordHash.TryParse(text, out _));

    [Fact]
    public void A_hash_does_not_show_itself_in_text()
    {
        Assert.True(PasswordHash.TryParse("$2b$04$" + Checked, out var hash));
        Assert.DoesNotContain("LM3E", $"{hash}", StringComparison.Ordinal);
    }
}
