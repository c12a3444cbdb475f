using System.Globalization;
using System.Security.Cryptography;
using MailAdmin.Core.Accounts;
using MailAdmin.Web.Features.Sessions;
using Microsoft.AspNetCore.DataProtection;

namespace MailAdmin.Web.Features.PasswordLinks;

/// <summary>
/// The password that the sheet shows, sealed in its form, so that a link can be made of it: for this admin and account, for ten minutes.
/// </summary>
public sealed class ProtectedPassword(IDataProtectionProvider protection, CurrentAdmin current)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("MailAdmin.PasswordTickets")
        .ToTimeLimitedDataProtector();

    private string Admin => current.Admin.Id.ToString(CultureInfo.InvariantCulture);

    public string Seal(Username username, string password) => _protector.Protect($"{Admin} {username.Value} {password}", Lifetime);

    /// <summary>The password, or null: too old, another admin's or another account's.</summary>
    public string? Open(string? ticket, Username username)
    {
        try
        {
            var parts = string.IsNullOrEmpty(ticket) ? [] : _protector.Unprotect(ticket).Split(' ', 3);
            return parts is [var admin, var account, var password] && admin == Admin && account == username.Value ? password : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
