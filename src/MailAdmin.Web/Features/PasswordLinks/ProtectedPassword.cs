using System.Globalization;
using System.Security.Cryptography;
using MailAdmin.Core.Accounts;
using MailAdmin.Web.Features.Sessions;
using Microsoft.AspNetCore.DataProtection;

namespace MailAdmin.Web.Features.PasswordLinks;

/// <summary>
/// The password on the client settings page, sealed in its form, so that a link can be made from it: only by this admin and for this
/// account, within ten minutes.
/// </summary>
public sealed class ProtectedPassword(IDataProtectionProvider protection, CurrentAdmin current)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("MailAdmin.PasswordTickets")
        .ToTimeLimitedDataProtector();

    private string Admin => current.Admin.Id.ToString(CultureInfo.InvariantCulture);

    public string Seal(Username username, string password) => _protector.Protect($"{Admin} {username.Value} {password}", Lifetime);

    /// <summary>The password, or null if the ticket is too old, or belongs to another admin or account.</summary>
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
