using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace MailAdmin.Core.SecondFactors;

/// <summary>Encrypts the secrets of authenticator apps: at rest, and on their way through the page that shows them first.</summary>
public sealed class AuthenticatorSecrets(IDataProtectionProvider protection, TimeProvider clock)
{
    private static readonly TimeSpan SetUpTime = TimeSpan.FromMinutes(30);

    private readonly IDataProtector _kept = protection.CreateProtector("MailAdmin.Authenticators");
    private readonly IDataProtector _proposed = protection.CreateProtector("MailAdmin.Authenticators.Proposed");

    /// <summary>A new secret for this admin, sealed so that the form can bring it back: nothing is kept until a code of it was typed.</summary>
    public string Propose(long adminId)
    {
        var until = (clock.GetUtcNow() + SetUpTime).UtcTicks.ToString(CultureInfo.InvariantCulture);
        return _proposed.Protect($"{adminId.ToString(CultureInfo.InvariantCulture)} {until} {Convert.ToBase64String(Totp.NewSecret())}");
    }

    /// <summary>What was proposed, or null: it is another admin's, too old, or none.</summary>
    public byte[]? Read(string? proposal, long adminId)
    {
        if (Open(_proposed, proposal)?.Split(' ') is not [var admin, var until, var secret]) return null;
        var isHis = admin == adminId.ToString(CultureInfo.InvariantCulture) && long.Parse(until, CultureInfo.InvariantCulture) > clock.GetUtcNow().UtcTicks;
        return isHis ? Convert.FromBase64String(secret) : null;
    }

    internal string Seal(byte[] secret) => _kept.Protect(Convert.ToBase64String(secret));

    /// <summary>Null where the keys that it was sealed with are gone: the app has to be set up anew then.</summary>
    internal byte[]? Unseal(string secret) => Open(_kept, secret) is { } text ? Convert.FromBase64String(text) : null;

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
