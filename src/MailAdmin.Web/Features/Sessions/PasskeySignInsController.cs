using MailAdmin.Core.Results;
using MailAdmin.Core.SecondFactors;
using MailAdmin.Web.Features.SecondFactors;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Sessions;

public sealed record PasskeySignInForm(string? Credential, string? State, bool? Lost);

/// <summary>
/// Sign-in with a passkey, which replaces both the password and the second step: it is something the admin has, unlocked by something they
/// are or know. The passkey identifies its admin, so the page does not reveal who has one.
/// </summary>
[Route("/sign-in/passkey"), AllowAnonymous]
public sealed class PasskeySignInsController(
    Passkeys passkeys, SecondStep step, CurrentAdmin current, ILogger<PasskeySignInsController> log) : Controller
{
    [HttpPost("options")]
    public async Task<IActionResult> Options() => Content((await passkeys.OptionsOfSignInAsync()).ToJsonString(), "application/json");

    [HttpPost(""), RenewsSignIn]
    public async Task<IActionResult> Create(PasskeySignInForm form)
    {
        if (await passkeys.VerifySignInAsync(form.Credential, form.State) is not var (admin, passkey) || !admin.IsActive)
        {
            ModelState.AddProblems([SecondFactorProblems.PasskeyRefused]);
            return View("New", new SignInForm(null, null, form.Lost));
        }
        await step.RecordPasskeyUseAsync(passkey);
        PanelMetrics.CountSignIn(PanelMetrics.SignedIn);
        Log.SignedIn(log, admin.UserName!, current.RemoteAddress);
        await HttpContext.EndSecondStepAsync();
        return await this.WelcomeAsync(admin, form.Lost);
    }
}
