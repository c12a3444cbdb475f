using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MailAdmin.Core.Secrets;
using Microsoft.AspNetCore.DataProtection;

namespace MailAdmin.Core.SecondFactors;

/// <summary>
/// Encrypts the secrets of authenticator apps. Stored secrets are encrypted with a key that is not in the database; a secret that is being
/// set up is protected by data protection on its way through the page.
/// </summary>
public sealed class AuthenticatorSecrets(IDataProtectionProvider protection, PanelKey key, TimeProvider clock)
{
    private const string Purpose = "MailAdmin.Authenticators";

    // Names the kind of key that a secret is sealed with. Base64 has no colon.
    private const string Mark = "k1:";

    private static readonly TimeSpan SetUpTime = TimeSpan.FromMinutes(30);

    private readonly IDataProtector _proposed = protection.CreateProtector("MailAdmin.Authenticators.Proposed");

    /// <summary>
    /// A new secret for this admin, encrypted so that the form can return it: nothing is saved until one of its codes has been entered.
    /// </summary>
    public string Propose(long adminId)
    {
        var until = (clock.GetUtcNow() + SetUpTime).UtcTicks.ToString(CultureInfo.InvariantCulture);
        return _proposed.Protect($"{adminId.ToString(CultureInfo.InvariantCulture)} {until} {Convert.ToBase64String(Totp.NewSecret())}");
    }

    /// <summary>The secret of a proposal; null if it is another admin's, too old, or invalid.</summary>
    public byte[]? Read(string? proposal, long adminId)
    {
        if (Open(_proposed, proposal)?.Split(' ') is not [var admin, var until, var secret]) return null;
        var isTheirs = admin == adminId.ToString(CultureInfo.InvariantCulture)
            && long.Parse(until, CultureInfo.InvariantCulture) > clock.GetUtcNow().UtcTicks;
        return isTheirs ? Convert.FromBase64String(secret) : null;
    }

    internal string Seal(byte[] secret, long adminId) =>
        Mark + Convert.ToBase64String(SecretBox.Seal(key.DeriveFor(Purpose), secret, OwnerOf(adminId)));

    /// <summary>Null if it was sealed with another key file: the app has to be set up again then.</summary>
    internal byte[]? Unseal(string secret, long adminId) => secret.StartsWith(Mark, StringComparison.Ordinal)
        ? SecretBox.Open(key.DeriveFor(Purpose), Convert.FromBase64String(secret[Mark.Length..]), OwnerOf(adminId)) : null;

    // Binds a secret to its admin, so that a row copied to another admin cannot be opened.
    private static byte[] OwnerOf(long adminId) => Encoding.ASCII.GetBytes(adminId.ToString(CultureInfo.InvariantCulture));

    private static string? Open(IDataProtector protector, string? text)
    {
        try
        {
            return string.IsNullOrEmpty(text) ? null : protector.Unprotect(text);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
