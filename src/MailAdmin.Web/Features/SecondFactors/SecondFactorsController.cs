using MailAdmin.Core.Admins;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.SecondFactors;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.SecondFactors;

/// <param name="IsOpen">The password was entered recently, so changes are allowed.</param>
/// <param name="IsRequired">The admin's role requires a second factor.</param>
/// <param name="NewCodes">New recovery codes; shown once.</param>
public sealed record SecondFactorsPage(SecondFactorsOf Factors, bool IsOpen, bool IsRequired, IReadOnlyList<string> NewCodes);

/// <summary>The reader's own second factors: an authenticator app, passkeys, recovery codes.</summary>
[Route(Routes.SecondFactor), Authorize, WithoutSecondFactor]
public sealed class SecondFactorsController(
    SecondFactorRepository factors, SecondFactorService service, OwnPassword password, HosterRepository hosters, CurrentAdmin current)
        : Controller
{
    [HttpGet("")]
    public Task<IActionResult> Index() => ShowAsync();

    /// <summary>Checks the password again, which allows changes for a while.</summary>
    [HttpPost("open")]
    public async Task<IActionResult> Open(string? present)
    {
        var result = await password.CheckAsync(present, HttpContext.RequestAborted);
        if (result.Succeeded) return RedirectToAction(nameof(Index));
        ModelState.AddProblems(result.Problems);
        return await ShowAsync();
    }

    [HttpPost("codes"), AsksPassword]
    public async Task<IActionResult> RenewCodes()
    {
        var result = await service.RenewCodesAsync(current.Actor);
        if (result.Succeeded) TempData.PutCodes(result.Value, SecondFactorTexts.CodesRenewed);
        return RedirectToAction(nameof(Index));
    }

    private async Task<IActionResult> ShowAsync()
    {
        var admin = current.Admin;
        var isOpen = Actor.IsFresh(admin.PasswordAt, HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
        var isRequired = hosters.Current.SecondFactorRoles.Include(admin.Role);
        return View("Index", new SecondFactorsPage(await factors.FindAsync(admin.Id), isOpen, isRequired, TempData.TakeCodes()));
    }
}
