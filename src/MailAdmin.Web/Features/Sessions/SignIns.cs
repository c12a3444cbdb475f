using System.Security.Claims;
using System.Text;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Passwords;
using MailAdmin.Web.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace MailAdmin.Web.Features.Sessions;

/// <summary>Checks name and password. Unknown names, stopped admins and wrong passwords get the same answer after the same time.</summary>
public sealed class SignIns(
    SessionRepository sessions, PasswordHasher hasher, PasswordHashQueue queue, SignInThrottle delays, SignInFailures failures,
    ILogger<SignIns> log)
{
    /// <returns>The admin, or null if refused.</returns>
    /// <exception cref="PasswordHashQueueFullException">Too many checks are waiting; this says nothing about the password.</exception>
    public async Task<Admin?> CheckAsync(string? name, string? password, string? remoteAddress, CancellationToken cancellationToken)
    {
        var isKnown = await sessions.IsKnownFromAsync(name ?? "", remoteAddress, cancellationToken);
        await delays.WaitAsync(name ?? "", remoteAddress, cancellationToken, isKnown);
        var admin = await sessions.FindAdminAsync(name ?? "", cancellationToken);
        var octets = Encoding.UTF8.GetBytes(password ?? "");
        if (!await queue.RunAsync(() => IsRight(admin, octets), cancellationToken))
        {
            PanelMetrics.CountSignIn(PanelMetrics.PasswordRefused);
            // An unknown name is not logged: it may be a password in the wrong field.
            Log.SignInRefused(log, admin?.UserName ?? "an unknown name", remoteAddress);
            // Not awaited, because the extra time would reveal that the name exists.
            if (admin is not null) _ = SaveAsync(admin, remoteAddress);
            return null;
        }
        delays.Forget(name ?? "", remoteAddress);
        PanelMetrics.CountSignIn(PanelMetrics.SignedIn);
        Log.SignedIn(log, admin!.UserName!, remoteAddress);
        await RenewHashAsync(admin, password!, cancellationToken);
        return admin;
    }

    private async Task SaveAsync(Admin admin, string? remoteAddress)
    {
        try
        {
            await failures.PasswordWrongAsync(admin, remoteAddress);
        }
        catch (Exception e)
        {
            Log.FailuresNotRecorded(log, e);
        }
    }

    // After a change of Passwords:Cost, a hash of the old cost takes a different time than the dummy hash for unknown names.
    private async Task RenewHashAsync(Admin admin, string password, CancellationToken cancellationToken)
    {
        if (!PasswordHash.TryParse(admin.PasswordHash, out var present) || !hasher.NeedsRehash(present)) return;
        // A password that an older version hashed may be longer than bcrypt accepts once it is normalized.
        if (Encoding.UTF8.GetByteCount(OpaqueString.Normalize(password)) > PasswordHasher.MaxOctets) return;
        await sessions.RenewHashAsync(admin, await queue.RunAsync(() => hasher.Hash(password), cancellationToken), cancellationToken);
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
