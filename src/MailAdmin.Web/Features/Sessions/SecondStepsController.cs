using MailAdmin.Core.Admins;
using MailAdmin.Core.SecondFactors;
using MailAdmin.Web.Features.SecondFactors;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Sessions;

/// <param name="Lost">A form was submitted after the session had ended.</param>
public sealed record SecondStepForm(string? Code, bool? Lost);

/// <summary>The second step after the right password: a code from the admin's app, or a recovery code.</summary>
[Route("/sign-in/second-step"), AllowAnonymous]
public sealed class SecondStepsController(
    SessionRepository sessions, SecondStep step, SecondFactorThrottle limit, SignInFailures failures, CurrentAdmin current,
    ILogger<SecondStepsController> log) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> New(SecondStepForm form)
    {
        if (current.SignedIn is not null) return this.RedirectOnward();
        return await HttpContext.FindSecondStepAsync(sessions) is null ? Again(form) : View("SecondStep", form with { Code = null });
    }

    [HttpPost(""), RenewsSignIn]
    public async Task<IActionResult> Create(SecondStepForm form)
    {
        if (await HttpContext.FindSecondStepAsync(sessions) is not { } admin) return Again(form);
        limit.Enter(admin.Id);
        var isStopped = await failures.CodesStoppedUntilAsync(admin.Id) is not null;
        var outcome = await step.CheckAsync(admin, form.Code, current.RemoteAddress, takesApp: !isStopped);
        if (outcome == SecondStepOutcome.Wrong) return await RefuseAsync(admin, form, isStopped);
        limit.Forget(admin.Id);
        await HttpContext.EndSecondStepAsync();
        return await this.WelcomeAsync(
            admin, form.Lost, outcome == SecondStepOutcome.RecoveryCode ? SecondFactorTexts.RecoveryCodeUsed : null);
    }

    // Codes that are entered while codes are stopped don't count: otherwise an attacker could keep them stopped for ever.
    private async Task<IActionResult> RefuseAsync(Admin admin, SecondStepForm form, bool isStopped)
    {
        PanelMetrics.CountSignIn(PanelMetrics.SecondFactorRefused);
        Log.SecondStepRefused(log, admin.UserName!, current.RemoteAddress);
        if (!isStopped) await failures.CodeWrongAsync(admin, current.RemoteAddress);
        ModelState.AddProblems([isStopped ? SecondFactorProblems.CodesStopped : SecondFactorProblems.CodeWrong]);
        return View("SecondStep", form with { Code = null });
    }

    // The password was entered too long ago.
    private RedirectToActionResult Again(SecondStepForm form) =>
        RedirectToAction("New", "Sessions", new { back = ReturnPath.Of(Request), form.Lost });
}
