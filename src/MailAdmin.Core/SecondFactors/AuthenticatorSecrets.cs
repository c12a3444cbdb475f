using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MailAdmin.Core.Secrets;
using Microsoft.AspNetCore.DataProtection;

namespace MailAdmin.Core.SecondFactors;

/// <summary>
/// Encrypts the secrets of authenticator apps. At rest they have a key of their own, which is not in the database; on their way through the
/// page that shows them first, data protection keeps them.
/// </summary>
public sealed class AuthenticatorSecrets(IDataProtectionProvider protection, PanelKey key, TimeProvider clock)
{
    /// <summary>Under which data protection kept them in older versions.</summary>
    internal const string Purpose = "MailAdmin.Authenticators";

    // Base64 has no colon, so it tells what is sealed with the panel's key from what data protection sealed.
    private const string Mark = "k1:";

    private static readonly TimeSpan SetUpTime = TimeSpan.FromMinutes(30);

    private readonly IDataProtector _proposed = protection.CreateProtector("MailAdmin.Authenticators.Proposed");

    /// <summary>
    /// A new secret for this admin, sealed so that the form can bring it back: nothing is kept until a code of it was typed.
    /// </summary>
    public string Propose(long adminId)
    {
        var until = (clock.GetUtcNow() + SetUpTime).UtcTicks.ToString(CultureInfo.InvariantCulture);
        return _proposed.Protect($"{adminId.ToString(CultureInfo.InvariantCulture)} {until} {Convert.ToBase64String(Totp.NewSecret())}");
    }

    /// <summary>What was proposed, or null: it is another admin's, too old, or none.</summary>
    public byte[]? Read(string? proposal, long adminId)
    {
        if (Open(_proposed, proposal)?.Split(' ') is not [var admin, var until, var secret]) return null;
        var isHis = admin == adminId.ToString(CultureInfo.InvariantCulture)
            && long.Parse(until, CultureInfo.InvariantCulture) > clock.GetUtcNow().UtcTicks;
        return isHis ? Convert.FromBase64String(secret) : null;
    }

    internal static bool IsSealed(string secret) => secret.StartsWith(Mark, StringComparison.Ordinal);

    internal string Seal(byte[] secret, long adminId) =>
        Mark + Convert.ToBase64String(SecretBox.Seal(key.DeriveFor(Purpose), secret, OwnerOf(adminId)));

    /// <summary>Null where the key file is not the one that it was sealed with: the app has to be set up anew then.</summary>
    internal byte[]? Unseal(string secret, long adminId) =>
        IsSealed(secret) ? SecretBox.Open(key.DeriveFor(Purpose), Convert.FromBase64String(secret[Mark.Length..]), OwnerOf(adminId)) : null;

    /// <summary>What an older version sealed, sealed anew; as it is where it can't be opened.</summary>
    internal string Renew(string secret, long adminId, IDataProtector former) =>
        !IsSealed(secret) && Open(former, secret) is { } text ? Seal(Convert.FromBase64String(text), adminId) : secret;

    // A row that is copied to another admin opens nothing.
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
