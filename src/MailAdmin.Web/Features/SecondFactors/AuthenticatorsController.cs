using MailAdmin.Core.Hosters;
using MailAdmin.Core.SecondFactors;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.SecondFactors;

/// <param name="Proposal">The sealed secret, which the form sends back.</param>
/// <param name="Secret">For users who can't scan the picture.</param>
public sealed record AuthenticatorPage(string Proposal, string Secret, QrPicture Picture);

/// <summary>Sets up and removes the authenticator app.</summary>
[Route(Routes.App), Authorize, WithoutSecondFactor, AsksPassword]
public sealed class AuthenticatorsController(
    SecondFactorService service, AuthenticatorSecrets secrets, HosterRepository hosters, CurrentAdmin current) : Controller
{
    [HttpGet("")]
    public IActionResult New() => Show(secrets.Propose(current.Admin.Id));

    [HttpPost("")]
    public async Task<IActionResult> Create(string? proposal, string? code)
    {
        var result = await service.SetUpAppAsync(proposal, code, current.Session, current.Actor);
        if (!result.Succeeded)
        {
            ModelState.AddProblems(result.Problems);
            // The scanned secret remains valid, unless it is too old.
            return Show(secrets.Read(proposal, current.Admin.Id) is null ? secrets.Propose(current.Admin.Id) : proposal!);
        }
        TempData.PutCodes(result.Value, SecondFactorTexts.AppSetUp);
        return LocalRedirect(Routes.SecondFactor);
    }

    [HttpPost("delete")]
    public async Task<IActionResult> Destroy()
    {
        var result = await service.RemoveAppAsync(current.Session, current.Actor);
        if (result.Succeeded) TempData.Notice(SecondFactorTexts.AppRemoved);
        else TempData.Notice(Problems.TextOf(result.Problems[0]), NoticeKind.Warning);
        return LocalRedirect(Routes.SecondFactor);
    }

    private ViewResult Show(string proposal)
    {
        var secret = secrets.Read(proposal, current.Admin.Id)!;
        var link = Totp.LinkOf(secret, hosters.Current.Name ?? SharedTexts.Product, current.Admin.Name);
        return View("App", new AuthenticatorPage(proposal, InGroups(Base32.Encode(secret)), QrPicture.Of(link)));
    }

    private static string InGroups(string secret) => string.Join(' ', secret.Chunk(4).Select(g => new string(g)));
}
