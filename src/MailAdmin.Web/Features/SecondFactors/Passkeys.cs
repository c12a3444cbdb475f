using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using MailAdmin.Core.Admins;
using MailAdmin.Core.SecondFactors;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace MailAdmin.Web.Features.SecondFactors;

/// <summary>
/// Passkeys (WebAuthn), with Identity's own handler. The handler's state for a challenge is sealed in the form. The seal is valid for five
/// minutes, only for the browser that requested the challenge, and for one answer. The rows are written through the write gate, like all
/// others.
/// </summary>
public sealed class Passkeys(
    IPasskeyHandler<Admin> handler, IDataProtectionProvider protection, PasskeyChallenges challenges, IHttpContextAccessor accessor)
{
    private readonly ITimeLimitedDataProtector _creation = protection.CreateProtector("MailAdmin.Passkeys.Creation")
        .ToTimeLimitedDataProtector();
    private readonly ITimeLimitedDataProtector _request = protection.CreateProtector("MailAdmin.Passkeys.Request")
        .ToTimeLimitedDataProtector();

    private HttpContext Http => accessor.HttpContext!;

    /// <summary>For the browser: the options of <c>navigator.credentials.create</c>, and the state that the form sends back.</summary>
    public async Task<JsonObject> OptionsOfNewAsync(SignedInAdmin admin)
    {
        var made = await handler.MakeCreationOptionsAsync(new() { Id = IdOf(admin), Name = admin.Name, DisplayName = admin.Name }, Http);
        return Answer(
            made.CreationOptionsJson,
            _creation.Protect($"{challenges.Begin(Http)} {IdOf(admin)} {made.AttestationState}", PasskeyChallenges.Lifetime));
    }

    /// <summary>The new passkey, or null if its verification fails.</summary>
    public async Task<UserPasskeyInfo?> VerifyNewAsync(string? credential, string? state, SignedInAdmin admin)
    {
        if (Open(_creation, state)?.Split(' ', 2) is not [var id, var remembered] || id != IdOf(admin) || string.IsNullOrEmpty(credential))
            return null;
        var result = await handler.PerformAttestationAsync(
            new() { CredentialJson = credential, AttestationState = remembered, HttpContext = Http });
        return result.Succeeded && result.UserEntity.Id == id ? result.Passkey : null;
    }

    /// <summary>
    /// For the browser: the options of <c>navigator.credentials.get</c>. They name no admin: the passkey tells whose it is.
    /// </summary>
    public async Task<JsonObject> OptionsOfSignInAsync()
    {
        var made = await handler.MakeRequestOptionsAsync(null, Http);
        return Answer(
            made.RequestOptionsJson, _request.Protect($"{challenges.Begin(Http)} {made.AssertionState}", PasskeyChallenges.Lifetime));
    }

    /// <summary>The passkey and its admin, or null if the verification fails.</summary>
    public async Task<(Admin Admin, UserPasskeyInfo Passkey)?> VerifySignInAsync(string? credential, string? state)
    {
        if (Open(_request, state) is not { } remembered || string.IsNullOrEmpty(credential)) return null;
        var result = await handler.PerformAssertionAsync(
            new() { CredentialJson = credential, AssertionState = remembered, HttpContext = Http });
        return result.Succeeded ? (result.User, result.Passkey) : null;
    }

    private static JsonObject Answer(string options, string state) => new() { ["options"] = JsonNode.Parse(options), ["state"] = state };

    private static string IdOf(SignedInAdmin admin) => admin.Id.ToString(CultureInfo.InvariantCulture);

    // Returns the state after the challenge's mark, only once and only in the mark's own browser.
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
