using System.Globalization;
using System.Security.Claims;
using MailAdmin.Core.Admins;
using MailAdmin.Web.Hosting;
using Microsoft.AspNetCore.Authentication;

namespace MailAdmin.Web.Features.Sessions;

/// <summary>
/// A cookie between the password and the second step: it names the admin whose password was right, is valid for ten minutes, and grants no
/// access.
/// </summary>
internal static class SecondStepCookie
{
    private const string Scheme = "second-step";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public static AuthenticationBuilder AddSecondStep(this AuthenticationBuilder builder, PanelSettings settings) =>
        builder.AddCookie(Scheme, o =>
    {
        Pages.Harden(o.Cookie, "mailadmin.step", settings);
        o.ExpireTimeSpan = Lifetime;
        o.SlidingExpiration = false;
    });

    public static Task BeginSecondStepAsync(this HttpContext context, Admin admin) =>
        context.SignInAsync(
            Scheme, new ClaimsPrincipal(
                new ClaimsIdentity(
                    [new(ClaimTypes.NameIdentifier, $"{admin.Id}"), new(SessionEvents.StampClaim, admin.SecurityStamp!)], Scheme)));

    /// <summary>The admin whose password was right, or null if that was too long ago or the password has changed since.</summary>
    public static async Task<Admin?> FindSecondStepAsync(this HttpContext context, SessionRepository sessions)
    {
        var ticket = await context.AuthenticateAsync(Scheme);
        if (!long.TryParse(
            ticket.Principal?.FindFirstValue(ClaimTypes.NameIdentifier), NumberStyles.None, CultureInfo.InvariantCulture,
            out var id)) return null;
        var admin = await sessions.FindAdminAsync(id);
        return admin is { IsActive: true, TwoFactorEnabled: true }
            && admin.SecurityStamp == ticket.Principal!.FindFirstValue(SessionEvents.StampClaim) ? admin : null;
    }

    public static Task EndSecondStepAsync(this HttpContext context) => context.SignOutAsync(Scheme);
}
