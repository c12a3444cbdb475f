using System.Security.Cryptography;

namespace MailAdmin.Core.Passwords;

/// <summary>Creates passwords to be passed on by paper or telephone: <c>kfmt-7wpe-x3hq-dr9v</c>, 79 bits.</summary>
public static class PasswordGenerator
{
    private const int Groups = 4;
    private const int GroupLength = 4;

    // Without characters that look alike on paper (i l 1 o 0), without capitals, which have to be spelt out, and without a, to avoid
    // accidental words.
    private const string Letters = "bcdefghjkmnpqrstuvwxyz";
    private const string Digits = "23456789";

    /// <summary>A new password that <see cref="PasswordRules"/> accept.</summary>
    public static string Create()
    {
        while (true)
        {
            var groups = Enumerable.Range(0, Groups).Select(_ => RandomNumberGenerator.GetString(Letters + Digits, GroupLength));
            var password = string.Join('-', groups);
            if (PasswordRules.Check(password, password, []).Count == 0) return password;
        }
    }
}
