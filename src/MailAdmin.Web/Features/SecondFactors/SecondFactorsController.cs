using MailAdmin.Core.Admins;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.SecondFactors;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.SecondFactors;

/// <param name="IsOpen">The password was typed a moment ago, so that changes are open.</param>
/// <param name="IsRequired">Their role has to have one.</param>
/// <param name="NewCodes">Recovery codes that were made just now; shown this once.</param>
public sealed record SecondFactorsPage(SecondFactorsOf Factors, bool IsOpen, bool IsRequired, IReadOnlyList<string> NewCodes);

/// <summary>One's own second factors: an authenticator app, passkeys, recovery codes.</summary>
[Route(Routes.SecondFactor), Authorize, WithoutSecondFactor]
public sealed class SecondFactorsController(
    SecondFactorRepository factors, SecondFactorService service, OwnPassword password, HosterRepository hosters, CurrentAdmin current)
        : Controller
{
    [HttpGet("")]
    public Task<IActionResult> Index() => ShowAsync();

    /// <summary>The password again, which opens the changes for a while.</summary>
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
