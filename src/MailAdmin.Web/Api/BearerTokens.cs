using System.Data.Common;
using System.Security.Claims;
using System.Text.Encodings.Web;
using MailAdmin.Core.Admins;
using MailAdmin.Web.Features.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace MailAdmin.Web.Api;

/// <summary>
/// Authenticates a request to the API by its token: <c>Authorization: Bearer</c> (RFC 6750). The pages never accept a token.
/// </summary>
internal sealed class BearerTokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, AdminTokenRepository tokens,
    BearerThrottle throttle, CurrentAdmin current)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string Prefix = "Bearer ";
    private static readonly TimeSpan SaveUseEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan SaveUseWithin = TimeSpan.FromMilliseconds(300);

    private bool _isRefusedUnseen;

    /// <summary>The scheme of this request, if it is not the cookie's.</summary>
    public static string? SchemeOf(HttpContext context) =>
        context.Request.IsForApi() && TokenOf(context.Request) is not null ? BearerTokens.Scheme : null;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (TokenOf(Request) is not { } token) return AuthenticateResult.NoResult();
        if (await tokens.FindAsync(token) is not { } bearer) return await RefuseAsync();
        current.Take(bearer);
        if (TimeProvider.GetUtcNow() - (bearer.UsedAt ?? DateTimeOffset.MinValue) >= SaveUseEvery) await SaveUseAsync(bearer.Id);
        Claim[] claims = [new(ClaimTypes.NameIdentifier, bearer.Admin.Id.ToString(System.Globalization.CultureInfo.InvariantCulture))];
        return AuthenticateResult.Success(
            new(new ClaimsPrincipal(new ClaimsIdentity(claims, BearerTokens.Scheme)), BearerTokens.Scheme));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = _isRefusedUnseen ? StatusCodes.Status429TooManyRequests : StatusCodes.Status401Unauthorized;
        // RFC 6750, section 3.1.
        if (!_isRefusedUnseen) Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        return Task.CompletedTask;
    }

    // The delay grows with the wrong tokens from this network, as it does with wrong passwords. A right token never waits.
    private async Task<AuthenticateResult> RefuseAsync()
    {
        try
        {
            await throttle.WaitAsync(current.RemoteAddress, Context.RequestAborted);
        }
        catch (TooManyAttemptsException e)
        {
            _isRefusedUnseen = true;
            return AuthenticateResult.Fail(e);
        }
        return AuthenticateResult.Fail("The token is unknown, expired or revoked, or its admin is stopped.");
    }

    // A request is answered even while nothing can be written, and does not wait long for another writer.
    private async Task SaveUseAsync(long id)
    {
        try
        {
            await tokens.SaveUseAsync(id).WaitAsync(SaveUseWithin, CancellationToken.None);
        }
        catch (Exception e) when (e is DbException or TimeoutException)
        {
            Log.TokenUseNotSaved(Logger, e);
        }
    }

    private static string? TokenOf(HttpRequest request) =>
        request.Headers[HeaderNames.Authorization] is [{ } value] && value.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            ? value[Prefix.Length..].Trim() : null;
}

/// <summary>Delays wrong tokens as <see cref="SignInThrottle"/> delays wrong passwords, with counts of its own.</summary>
internal sealed class BearerThrottle(TimeProvider clock)
{
    private readonly SignInThrottle _throttle = new(clock);

    /// <exception cref="TooManyAttemptsException">Too many wrong tokens from this network wait already.</exception>
    public Task WaitAsync(string? remoteAddress, CancellationToken cancellationToken) =>
        _throttle.WaitAsync("", remoteAddress, cancellationToken);
}

internal static class BearerTokens
{
    public const string Scheme = "Bearer";

    public static AuthenticationBuilder AddBearerTokens(this AuthenticationBuilder authentication)
    {
        authentication.Services.AddSingleton<BearerThrottle>();
        return authentication.AddScheme<AuthenticationSchemeOptions, BearerTokenHandler>(Scheme, null);
    }
}
