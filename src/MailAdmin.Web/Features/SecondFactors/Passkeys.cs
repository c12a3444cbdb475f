using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using MailAdmin.Core.Admins;
using MailAdmin.Core.SecondFactors;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace MailAdmin.Web.Features.SecondFactors;

/// <summary>
/// Passkeys by Identity's own handler (WebAuthn). What it has to remember of a challenge travels sealed with the form, for five minutes, to
/// the browser that asked for it alone, and is good for one answer. The rows are written through the one door, as everything else.
/// </summary>
public sealed class Passkeys(
    IPasskeyHandler<Admin> handler, IDataProtectionProvider protection, PasskeyChallenges challenges, IHttpContextAccessor accessor)
{
    private readonly ITimeLimitedDataProtector _creation = protection.CreateProtector("MailAdmin.Passkeys.Creation")
        .ToTimeLimitedDataProtector();
    private readonly ITimeLimitedDataProtector _request = protection.CreateProtector("MailAdmin.Passkeys.Request")
        .ToTimeLimitedDataProtector();

    private HttpContext Http => accessor.HttpContext!;

    /// <summary>For the browser: the options of <c>navigator.credentials.create</c>, and the state that comes back with the form.</summary>
    public async Task<JsonObject> OptionsOfNewAsync(SignedInAdmin admin)
    {
        var made = await handler.MakeCreationOptionsAsync(new() { Id = IdOf(admin), Name = admin.Name, DisplayName = admin.Name }, Http);
        return Answer(
            made.CreationOptionsJson,
            _creation.Protect($"{challenges.Begin(Http)} {IdOf(admin)} {made.AttestationState}", PasskeyChallenges.Lifetime));
    }

    /// <summary>The passkey that was made, or null when it can't be believed.</summary>
    public async Task<UserPasskeyInfo?> VerifyNewAsync(string? credential, string? state, SignedInAdmin admin)
    {
        if (Open(_creation, state)?.Split(' ', 2) is not [var id, var remembered] || id != IdOf(admin) || string.IsNullOrEmpty(credential))
            return null;
        var result = await handler.PerformAttestationAsync(
            new() { CredentialJson = credential, AttestationState = remembered, HttpContext = Http });
        return result.Succeeded && result.UserEntity.Id == id ? result.Passkey : null;
    }

    /// <summary>For the browser: the options of <c>navigator.credentials.get</c>. They name nobody: the passkey says whose it is.</summary>
    public async Task<JsonObject> OptionsOfSignInAsync()
    {
        var made = await handler.MakeRequestOptionsAsync(null, Http);
        return Answer(
            made.RequestOptionsJson, _request.Protect($"{challenges.Begin(Http)} {made.AssertionState}", PasskeyChallenges.Lifetime));
    }

    /// <summary>Whose passkey it is, or null when it can't be believed.</summary>
    public async Task<(Admin Admin, UserPasskeyInfo Passkey)?> VerifySignInAsync(string? credential, string? state)
    {
        if (Open(_request, state) is not { } remembered || string.IsNullOrEmpty(credential)) return null;
        var result = await handler.PerformAssertionAsync(
            new() { CredentialJson = credential, AssertionState = remembered, HttpContext = Http });
        return result.Succeeded ? (result.User, result.Passkey) : null;
    }

    private static JsonObject Answer(string options, string state) => new() { ["options"] = JsonNode.Parse(options), ["state"] = state };

    private static string IdOf(SignedInAdmin admin) => admin.Id.ToString(CultureInfo.InvariantCulture);

    // What stands behind the challenge's mark, once and in its own browser.
    private string? Open(ITimeLimitedDataProtector protector, string? state)
    {
        try
        {
            if (string.IsNullOrEmpty(state) || protector.Unprotect(state).Split(' ', 2) is not [var mark, var remembered]) return null;
            return challenges.Spend(mark, Http) ? remembered : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
