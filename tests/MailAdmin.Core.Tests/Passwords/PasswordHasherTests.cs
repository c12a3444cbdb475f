using System.ComponentModel.DataAnnotations;
using System.Text;
using MailAdmin.Core.Passwords;

namespace MailAdmin.Core.Tests.Passwords;

[Trait("Lane", "unit")]
public sealed class PasswordHasherTests
{
    private static readonly PasswordOptions Cheap = new() { Cost = 4 };

    private readonly PasswordHasher _crypt = new(Cheap, useCrypt: true);
    private readonly PasswordHasher _managed = new(Cheap, useCrypt: false);

    [Fact]
    public void Libcrypt_is_found_and_gives_what_it_should() => Assert.True(Crypt.IsAvailable);

    [Theory]
    [InlineData("Kilo7-gamma")]
    [InlineData("""a1"b'c$d%e\f&g;h <x>""")]
    [InlineData("&amp;1 p%40ss;w\"d]z<&:k^:")]
    [InlineData("pässwörd€9-Ärger")]
    [InlineData("日本語パスワード12345")]
    [InlineData(" leading and trailing 1 ")]
    [InlineData("123456789012345678901234567890123456789012345678901234567890123456789abc")]
    public void A_password_is_right_to_both_libraries_and_no_other_is(string password)
    {
        var hash = Parse(_crypt.Hash(password));
        foreach (var hasher in new[] { _crypt, _managed })
        {
            Assert.True(hasher.Verify(password, hash));
            Assert.False(hasher.Verify(password + " ", hash));
            Assert.False(hasher.Verify(password[..^1], hash));
            Assert.False(hasher.Verify("x" + password[1..], hash));
            Assert.False(hasher.Verify("", hash));
        }
    }

    [Theory]
    [MemberData(nameof(CryptVectors.Bcrypt), MemberType = typeof(CryptVectors))]
    public void Both_libraries_agree_on_bcrypt_made_elsewhere(string password, string text)
    {
        foreach (var hasher in new[] { _crypt, _managed })
        {
            Assert.True(hasher.Verify(password, Parse(text)));
            Assert.False(hasher.Verify(password + "x", Parse(text)));
        }
    }

    [Theory] // C105
    [MemberData(nameof(CryptVectors.Imported), MemberType = typeof(CryptVectors))]
    public void Hashes_of_other_schemes_are_verified(string password, string text)
    {
        Assert.True(_crypt.Verify(password, Parse(text)));
        Assert.False(_crypt.Verify(password + "x", Parse(text)));
        Assert.False(_managed.Verify(password, Parse(text)));
    }

    [Theory]
    [MemberData(nameof(DigestVectors.All), MemberType = typeof(DigestVectors))]
    public void Hashes_of_directories_and_other_panels_are_verified_and_to_be_replaced(string password, string text)
    {
        Assert.True(_crypt.Verify(password, Parse(text)));
        Assert.False(_crypt.Verify("x" + password, Parse(text)));
        Assert.False(_crypt.Verify(password[..7], Parse(text)));
        Assert.False(_crypt.Verify("", Parse(text)));
        Assert.True(_crypt.NeedsRehash(Parse(text)));
    }

    [Fact]
    public void An_old_clients_encoding_is_verified_octet_by_octet()
    {
        // This hash was made over Latin-1 octets.
        var hash = Parse("$1$LNKIz82Q$axwTX86Al3qOyoVXTQQAQ1");
        Assert.True(_crypt.Verify(Encoding.Latin1.GetBytes("pässwörd9"), hash));
        Assert.False(_crypt.Verify("pässwörd9", hash));
        Assert.False(_managed.Verify([0xFF, 0xFE], Parse(_managed.Hash("Kilo7-gamma"))));
    }

    [Fact]
    public void What_bcrypt_would_leave_away_is_no_part_of_a_password()
    {
        var longest = new string('a', 71) + "1";
        Assert.False(_crypt.Verify(longest + "2", Parse(_crypt.Hash(longest))));
        Assert.False(_crypt.Verify("Kilo7-gamma\0more", Parse(_crypt.Hash("Kilo7-gamma"))));
        Assert.Throws<ArgumentException>(() => _crypt.Hash(longest + "2"));
        Assert.Throws<ArgumentException>(() => _crypt.Hash("abc\0defgh12"));
    }

    [Fact]
    public void A_salt_written_with_other_spare_bits_is_the_same_salt()
    {
        // The last character of a salt carries two bits; here the four others are set.
        var hash = Parse("$2b$04$abcdefghijklmnopqrstuy7kagq8rv0l//LM3E/yleaDMRF7Knbsm");
        Assert.True(_crypt.Verify("Kilo7-gamma", hash));
    }

    [Fact]
    public void A_cheaper_or_foreign_hash_is_to_be_replaced()
    {
        var hasher = new PasswordHasher(new PasswordOptions { Cost = 5 });
        Assert.True(hasher.NeedsRehash(Parse(_crypt.Hash("Kilo7-gamma"))));
        Assert.False(hasher.NeedsRehash(Parse(hasher.Hash("Kilo7-gamma"))));
        Assert.True(new PasswordHasher(new PasswordOptions { Cost = 4 }).NeedsRehash(Parse(hasher.Hash("Kilo7-gamma"))));
        Assert.True(hasher.NeedsRehash(Parse("$1$7jDrLVwM$EPeHCw8w9y.L1L5kUbsni1")));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(15)]
    public void A_cost_out_of_range_stops_the_start(int cost) =>
        Assert.Throws<ValidationException>(() => new PasswordHasher(new PasswordOptions { Cost = cost }));

    [Fact]
    public void An_unknown_name_takes_as_long_as_a_known_one()
    {
        var hasher = new PasswordHasher(new PasswordOptions { Cost = 9 });
        var hash = Parse(hasher.Hash("Kilo7-gamma"));
        // Both are timed in turn, so that other load slows both. If no hash were computed, the ratio would be a thousandth.
        var rounds = Enumerable.Range(0, 7)
            .Select(_ => (Known: Time(() => hasher.Verify("wrong"u8, hash)), Unknown: Time(() => hasher.VerifyDummy("wrong"u8)))).ToList();
        Assert.InRange(rounds.Min(r => r.Unknown) / rounds.Min(r => r.Known), 0.2, 5);
    }

    [Theory] // A8, C110
    [InlineData("été2024clé", "e\u0301te\u03012024cle\u0301")]
    [InlineData("e\u0301te\u03012024cle\u0301", "été2024clé")]
    [InlineData("trois vaches 7", "trois\u00A0vaches\u30007")]
    [InlineData("Prix10€uro", "Prix10€uro")]
    public void What_looks_the_same_is_the_same_password(string set, string typed)
    {
        var hasher = new PasswordHasher(new PasswordOptions { Cost = 4 });
        Assert.True(hasher.Verify(typed, Parse(hasher.Hash(set))));
        Assert.False(hasher.Verify(typed + "x", Parse(hasher.Hash(set))));
    }

    [Fact] // A8
    public void A_hash_that_an_older_version_made_of_what_was_pasted_goes_on_working_as_typed()
    {
        var hasher = new PasswordHasher(new PasswordOptions { Cost = 4 });
        foreach (var pasted in (string[])["\u00A0kfmt7wpex3hq", "e\u0301te\u03012024", "kfmt\u200B7wpex3hq", " kfmt7wpex3hq "])
            Assert.True(hasher.Verify(pasted, Parse(BCrypt.Net.BCrypt.HashPassword(pasted, 4))));
    }

    private static double Time(Action action)
    {
        var start = TimeProvider.System.GetTimestamp();
        action();
        return TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
    }

    private static PasswordHash Parse(string text)
    {
        Assert.True(PasswordHash.TryParse(text, out var hash));
        return hash;
    }
}
