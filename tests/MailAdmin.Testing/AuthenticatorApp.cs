using MailAdmin.Core.SecondFactors;

namespace MailAdmin.Testing;

/// <summary>Does what the app on a telephone does with the key that the page shows.</summary>
public static class AuthenticatorApp
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <param name="key">As the page shows it, in groups.</param>
    /// <param name="at">The time of the telephone's clock.</param>
    public static string CodeOf(string key, DateTimeOffset at)
    {
        var bits = string.Concat(
            key.Where(c => !char.IsWhiteSpace(c))
                .Select(c => Convert.ToString(Alphabet.IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var octets = bits.Chunk(8).Where(o => o.Length == 8).Select(o => Convert.ToByte(new string(o), 2)).ToArray();
        return Totp.CodeAt(octets, Totp.StepOf(at));
    }
}
