using System.Security.Claims;
using System.Text;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Passwords;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace MailAdmin.Web.Features.Sessions;

/// <summary>Checks who somebody says he is. Unknown names, stopped admins and wrong passwords get one answer, after one time.</summary>
public sealed class SignIns(SessionRepository sessions, PasswordHasher hasher, HashLane lane, SignInDelays delays, ILogger<SignIns> log)
{
    /// <returns>The admin, or null for no.</returns>
    /// <exception cref="HashLaneFullException">Too many are waiting; it says nothing about the password.</exception>
    public async Task<Admin?> CheckAsync(string? name, string? password, string? remoteAddress, CancellationToken cancellationToken)
    {
        await delays.WaitAsync(name ?? "", remoteAddress, cancellationToken);
        var admin = await sessions.FindAdminAsync(name ?? "");
        var octets = Encoding.UTF8.GetBytes(password ?? "");
        if (!await lane.RunAsync(() => IsRight(admin, octets), cancellationToken))
        {
            // An unknown name is not logged: it may be a password in the wrong field.
            Log.SignInRefused(log, admin?.UserName ?? "an unknown name", remoteAddress);
            return null;
        }
        delays.Forget(name ?? "", remoteAddress);
        Log.SignedIn(log, admin!.UserName!, remoteAddress);
        return admin;
    }

    private bool IsRight(Admin? admin, byte[] password)
    {
        if (admin is { IsActive: true } && PasswordHash.TryParse(admin.PasswordHash, out var hash)) return hasher.Verify(password, hash);
        hasher.VerifyDummy(password);
        return false;
    }
}

internal static class SignInContext
{
    public static Task SignInAsync(this HttpContext context, Admin admin)
    {
        Claim[] claims =
        [
            new(ClaimTypes.NameIdentifier, admin.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            new(SessionEvents.StampClaim, admin.SecurityStamp!),
        ];
        var identity = new ClaimsIdentity(claims, CookieAuthenticationDefaults.AuthenticationScheme);
        return context.SignInAsync(new ClaimsPrincipal(identity));
    }
}
