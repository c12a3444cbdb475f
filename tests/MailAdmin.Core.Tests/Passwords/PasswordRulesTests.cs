using MailAdmin.Core.Passwords;

namespace MailAdmin.Core.Tests.Passwords;

[Trait("Lane", "unit")]
public sealed class PasswordRulesTests
{
    private static readonly string[] OwnNames = ["exemple0001", "gugus.dupont@exemple.be", "Gugus Dupont"];

    [Theory]
    [InlineData("""a1"b'c$d%e\f&g;h <x>""")]
    [InlineData("p%40ss;w\"d]z<&:k^:")]
    [InlineData("fish &amp; 3 chips")]
    [InlineData("kfmt-7wpe-x3hq-dr9v")]
    [InlineData("été froid à 3 Saignelégier")]
    [InlineData("e\u0301te\u0301 froid a\u0300 3\u00A0Saignelégier")]
    [InlineData("パスワード強度テスト٣٤")]
    public void A_good_password_passes(string password) => Assert.Empty(PasswordRules.Check(password, password, OwnNames));

    [Theory]
    [InlineData(null, "PasswordMissing")]
    [InlineData("", "PasswordMissing")]
    [InlineData("        ", "PasswordOuterSpaces PasswordLetterAndDigit")]
    [InlineData(" kfmt7wpex3hq", "PasswordOuterSpaces")]
    [InlineData("kfmt7wpex3hq\u00A0", "PasswordOuterSpaces")]
    [InlineData("kfmt\u200B7wpex3hq", "PasswordInvisible")]
    [InlineData("\uFEFFkfmt7wpex3hq", "PasswordInvisible")]
    [InlineData("kfmt7\u00ADwpex3hq", "PasswordInvisible")]
    [InlineData("kfmt7\u3164wpex3hq", "PasswordInvisible")]
    [InlineData("kfmt7\U000E0020wpex3hq", "PasswordInvisible")]
    [InlineData("abcdefgh", "PasswordLetterAndDigit")]
    [InlineData("1234567", "PasswordTooShort PasswordLetterAndDigit")]
    [InlineData("1234-5678-2390", "PasswordLetterAndDigit")]
    [InlineData("kf7-x3h", "PasswordTooShort")]
    [InlineData("abc\0defgh12", "PasswordControlCharacters")]
    [InlineData("kfmt7\twpex3\nhq", "PasswordControlCharacters")]
    [InlineData("kfmt7wpex3hq\u0085", "PasswordControlCharacters")]
    [InlineData("password1", "PasswordCommonWord")]
    [InlineData("exemple0001", "PasswordOwnName")]
    [InlineData("Exemple0001", "PasswordOwnName")]
    [InlineData("gugus1975", "PasswordOwnName PasswordDate")]
    [InlineData("dupont-1", "PasswordOwnName")]
    [InlineData("12031984a", "PasswordDate")]
    [InlineData("abcdefgh1", "PasswordSequence")]
    [InlineData("aaaaaaaa1", "PasswordRepeat")]
    [InlineData("sdfghjkl1", "PasswordKeyboard")]
    public void What_is_wrong_is_said_by_its_name(string? password, string codes)
    {
        var problems = PasswordRules.Check(password, password, OwnNames);
        Assert.Equal(codes, string.Join(' ', problems.Select(p => p.Code)));
        Assert.All(problems, p => Assert.Equal("Password", p.Field));
    }

    [Fact]
    public void Half_a_character_is_refused() =>
        Assert.Equal([PasswordProblems.ControlCharacters], PasswordRules.Check("kfmt7wpex3hq\uD800", "kfmt7wpex3hq\uD800", OwnNames));

    [Fact]
    public void Seventy_two_octets_of_UTF8_pass_and_one_more_does_not()
    {
        const string longest = "é7 kfmt wpex hqdr vbnz tgpc jyxs mfwd rkqh zcvt bgnp xsjd whmf kqrt pczv";
        Assert.Empty(PasswordRules.Check(longest[..71], longest[..71], []));
        Assert.Equal([PasswordProblems.TooLong], PasswordRules.Check(longest, longest, []));
    }

    [Theory]
    [InlineData("kfmt-7wpe-x3hq1")]
    [InlineData("Kfmt-7wpe-x3hq")]
    [InlineData("")]
    [InlineData(null)]
    public void The_confirmation_must_be_exactly_the_same(string? confirmation) =>
        Assert.Equal([PasswordProblems.ConfirmationDiffers], PasswordRules.Check("kfmt-7wpe-x3hq", confirmation, OwnNames));

    [Fact]
    public void A_problem_never_holds_the_password_or_a_part_of_it()
    {
        foreach (var password in new[] { "gugus1975", "password1", "x1", "ab\0c" })
        {
            Assert.All(PasswordRules.Check(password, "", OwnNames), p => Assert.DoesNotContain(p.Args, a => a is string));
        }
    }

    [Fact]
    public void Many_may_ask_at_once() =>
        Parallel.For(
            0, 200, n => Assert.Equal([PasswordProblems.OwnName], PasswordRules.Check($"ursula{n}-1", $"ursula{n}-1", [$"ursula{n}"])));

    [Fact]
    public void The_longest_password_is_judged_in_a_moment()
    {
        var worst = string.Concat(Enumerable.Repeat("4@8({[<369!1|0$57+%2", 4))[..71] + "a";
        PasswordRules.Check(worst, worst, OwnNames);
        var start = TimeProvider.System.GetTimestamp();
        PasswordRules.Check(worst, worst, OwnNames);
        Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Generated_passwords_pass_their_own_rules_and_differ()
    {
        var passwords = Enumerable.Range(0, 200).Select(_ => PasswordGenerator.Create()).ToList();
        Assert.Equal(200, passwords.Distinct(StringComparer.Ordinal).Count());
        Assert.All(passwords, p =>
        {
            Assert.Matches("^([b-hjkmnp-z2-9]{4}-){3}[b-hjkmnp-z2-9]{4}$", p);
            Assert.Empty(PasswordRules.Check(p, p, OwnNames));
        });
    }
}
