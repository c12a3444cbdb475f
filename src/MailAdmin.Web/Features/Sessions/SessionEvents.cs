using System.Data.Common;
using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using MailAdmin.Core.Admins;
using MailAdmin.Web.Api;
using MailAdmin.Web.Features.Errors;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace MailAdmin.Web.Features.Sessions;

/// <summary>
/// Ties the cookie to its row of <see cref="AdminSession"/>: sign-in inserts the row, sign-out ends it, and each request reads it, in one
/// query together with the admin. So a copied cookie is useless after "Fin de session", and a changed role applies to the next request.
/// </summary>
public sealed class SessionEvents(
    SessionRepository sessions, CurrentAdmin current, KeptForms forms, PanelSettings settings, TimeProvider clock,
    ILogger<SessionEvents> log) : CookieAuthenticationEvents
{
    internal const string StampClaim = "stamp";
    private const string KeyClaim = "session";
    private static readonly object FormerAdminKey = new();
    private const int KeyOctets = 32;
    private const int MaxUserAgent = 256;
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan SaveSeenWithin = TimeSpan.FromMilliseconds(300);

    public override async Task SigningIn(CookieSigningInContext context)
    {
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyOctets));
        var identity = (ClaimsIdentity)context.Principal!.Identity!;
        var stamp = identity.FindFirst(StampClaim)!;
        identity.RemoveClaim(stamp);
        identity.AddClaim(new Claim(KeyClaim, key));
        var now = clock.GetUtcNow();
        var agent = context.Request.Headers.UserAgent.ToString();
        // This browser gets a new cookie, so nobody could sign out of the previous session any more: end it.
        if (context.HttpContext.User.FindFirstValue(KeyClaim) is { } former) await sessions.CloseAsync(HashOf(former));
        await sessions.OpenAsync(new AdminSession
        {
            KeyHash = HashOf(key),
            AdminId = long.Parse(identity.FindFirst(ClaimTypes.NameIdentifier)!.Value, System.Globalization.CultureInfo.InvariantCulture),
            SecurityStamp = stamp.Value,
            CreatedAt = now,
            SeenAt = now,
            ExpiresAt = now + settings.Sessions.LongestTime,
            RemoteAddress = current.RemoteAddress,
            Network = KnownNetwork.NetworkOf(current.RemoteAddress),
            UserAgent = agent[..Math.Min(agent.Length, MaxUserAgent)],
        });
    }

    public override async Task SigningOut(CookieSigningOutContext context)
    {
        if (context.HttpContext.User.FindFirstValue(KeyClaim) is { } key) await sessions.CloseAsync(HashOf(key));
    }

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var hash = context.Principal?.FindFirstValue(KeyClaim) is { } key ? HashOf(key) : null;
        var admin = hash is null ? null : await sessions.FindAsync(hash);
        var now = clock.GetUtcNow();
        if (admin is null || now - admin.SeenAt >= settings.Sessions.IdleTime)
        {
            context.HttpContext.Items[FormerAdminKey] = context.Principal?.FindFirstValue(ClaimTypes.NameIdentifier);
            context.RejectPrincipal();
            if (admin is not null) await sessions.CloseAsync(hash!);
            return;
        }
        current.Take(admin, hash!);
        if (now - admin.SeenAt >= SeenEvery) await SaveSeenAsync(hash!);
    }

    // A page is shown even while nothing can be written, and does not wait long for another writer.
    private async Task SaveSeenAsync(string hash)
    {
        try
        {
            await sessions.SeenAsync(hash).WaitAsync(SaveSeenWithin);
        }
        catch (Exception e) when (e is DbException or TimeoutException)
        {
            Log.SessionNotNoted(log, e);
        }
    }

    /// <summary>
    /// Keeps a submitted form so that it can be resubmitted, or marks it as lost; a page that was only requested is shown after sign-in.
    /// </summary>
    public override async Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        var request = context.Request;
        if (request.AsksForJson())
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            if (request.IsForApi()) context.Response.Headers.WWWAuthenticate = BearerTokens.Scheme;
            return;
        }
        var isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        var page = isRead ? request.Path + request.QueryString : FormOf(request);
        if (!isRead) await KeepAsync(request, page);
        context.Response.Redirect(ReturnPath.Link(Routes.SignIn, page) + (isRead ? "" : "&lost=true"));
    }

    // Only from a page of the panel, and only for the admin of the ended session: nobody else's text is shown after sign-in.
    private async Task KeepAsync(HttpRequest request, string page)
    {
        var isOurs = IsOwnPage(request) && request.ContentLength is > 0 and <= KeptForms.MaxOctets;
        if (!isOurs || !long.TryParse(request.HttpContext.Items[FormerAdminKey] as string, CultureInfo.InvariantCulture, out var adminId))
            return;
        if (await request.TryReadFormAsync() is { } form) forms.Keep(adminId, request.Path + request.QueryString, page, form);
    }

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    // The page that contained the form: a URL that only accepts forms can't be shown.
    private static string FormOf(HttpRequest request)
    {
        return IsOwnPage(request) ? new Uri(request.Headers.Referer.ToString()).PathAndQuery : Routes.Start;
    }

    private static bool IsOwnPage(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Referer, UriKind.Absolute, out var referer) && referer.Authority == request.Host.Value;

    private static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
