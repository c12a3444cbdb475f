using System.Security.Cryptography;

namespace MailAdmin.Core.Passwords;

/// <summary>Passwords to hand over on paper or by telephone: <c>kfmt-7wpe-x3hq-dr9v</c>, 79 bits.</summary>
public static class PasswordGenerator
{
    private const int Groups = 4;
    private const int GroupLength = 4;

    // Without what looks alike on paper, i l 1 o 0, nor capitals, which have to be spelt out; without a, for fewer words by accident.
    private const string Letters = "bcdefghjkmnpqrstuvwxyz";
    private const string Digits = "23456789";

    /// <summary>A new one, which <see cref="PasswordRules"/> take.</summary>
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
