using MailAdmin.Web.Features.SecondFactors;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Sessions;

/// <param name="Lost">A form was submitted after the session had ended.</param>
public sealed record SignInForm(string? Name, string? Password, bool? Lost);

/// <summary>Sign-in and "Fin de session".</summary>
public sealed class SessionsController(SignIns signIns, CurrentAdmin current) : Controller
{
    [HttpGet("/sign-in"), AllowAnonymous]
    public IActionResult New(SignInForm form) =>
        current.SignedIn is null ? View(form with { Name = null, Password = null }) : this.RedirectOnward();

    // Without the antiforgery check, another site could sign a user in. With it, a second tab of this page fails, because the token
    // contains the signed-in user: RenewsSignIn handles that.
    [HttpPost("/sign-in"), AllowAnonymous, RenewsSignIn]
    public async Task<IActionResult> Create(SignInForm form)
    {
        if (await signIns.CheckAsync(form.Name, form.Password, current.RemoteAddress, HttpContext.RequestAborted) is not { } admin)
        {
            ModelState.AddModelError("", SessionTexts.Wrong);
            return View("New", form with { Password = null });
        }
        if (admin.TwoFactorEnabled)
        {
            await HttpContext.BeginSecondStepAsync(admin);
            return RedirectToAction("New", "SecondSteps", new { back = ReturnPath.Of(Request), form.Lost });
        }
        return await this.WelcomeAsync(admin, form.Lost);
    }

    [HttpPost("/sign-out"), Authorize, WithoutSecondFactor]
    public async Task<IActionResult> Delete()
    {
        await HttpContext.SignOutAsync();
        TempData.Notice(SessionTexts.SignedOut);
        return RedirectToAction(nameof(New));
    }
}

internal static class Onward
{
    /// <summary>Redirects to the page that was requested before sign-in (<see cref="ReturnPath"/>), otherwise to the start page.</summary>
    public static IActionResult RedirectOnward(this Controller controller) =>
        controller.RedirectBack(controller.LocalRedirect(Routes.Start));
}
