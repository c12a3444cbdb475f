using MailAdmin.Core.SecondFactors;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.SecondFactors;

/// <param name="Credential">The browser's credential, as JSON.</param>
/// <param name="State">The state that <see cref="PasskeysController.Options"/> returned.</param>
public sealed record PasskeyForm(string? Name, string? Credential, string? State);

/// <summary>The reader's own passkeys. Passkeys need a script, so this is the only form that does not work without scripts.</summary>
[Route(Routes.Passkeys), Authorize, WithoutSecondFactor, AsksPassword]
public sealed class PasskeysController(SecondFactorService service, Passkeys passkeys, CurrentAdmin current) : Controller
{
    [HttpPost("options")]
    public async Task<IActionResult> Options() =>
        Content((await passkeys.OptionsOfNewAsync(current.Admin)).ToJsonString(), "application/json");

    [HttpPost("")]
    public async Task<IActionResult> Create(PasskeyForm form)
    {
        if (await passkeys.VerifyNewAsync(form.Credential, form.State, current.Admin) is not { } passkey)
            return Refused(SecondFactorProblems.PasskeyRefused);
        var result = await service.AddPasskeyAsync(passkey, form.Name, current.Session, current.Actor);
        if (!result.Succeeded) return Refused(result.Problems[0]);
        TempData.PutCodes(result.Value, SecondFactorTexts.PasskeyAdded);
        return LocalRedirect(Routes.SecondFactor);
    }

    [HttpPost("delete")]
    public async Task<IActionResult> Destroy(string? id)
    {
        var result = await service.RemovePasskeyAsync(id, current.Session, current.Actor);
        if (!result.Succeeded) return Refused(result.Problems[0]);
        TempData.Notice(SecondFactorTexts.PasskeyRemoved);
        return LocalRedirect(Routes.SecondFactor);
    }

    private LocalRedirectResult Refused(Core.Results.Problem problem)
    {
        TempData.Notice(Problems.TextOf(problem), NoticeKind.Warning);
        return LocalRedirect(Routes.SecondFactor);
    }
}
