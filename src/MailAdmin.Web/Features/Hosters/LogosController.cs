using MailAdmin.Core.Admins;
using MailAdmin.Core.Hosters;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace MailAdmin.Web.Features.Hosters;

/// <summary>The hoster's logo, which is on every page, even before sign-in.</summary>
[Route("/hoster/logo"), RequirePermission(Permission.RunPanel)]
public sealed class LogosController(HosterRepository hosters, HosterService service, CurrentAdmin current) : Controller
{
    private const int Year = 365 * 24 * 60 * 60;

    /// <summary>The logo's URL contains the version, so browsers may cache it.</summary>
    [HttpGet(""), AllowAnonymous, ResponseCache(Duration = Year, Location = ResponseCacheLocation.Any)]
    public IActionResult Show() =>
        hosters.Current is { Logo: { } logo, LogoType: { } type } hoster
            ? File(logo, type, lastModified: null, new EntityTagHeaderValue($"\"{hoster.Version}\"")) : NotFound();

    [HttpPost("")]
    public async Task<IActionResult> Update(IFormFile? logo)
    {
        if (!Logo.TryRead(await ReadAsync(logo), out var picture, out var problem))
        {
            ModelState.AddProblems([problem]);
            return View("Edit", new HosterPage(hosters.Current, HosterForm.Of(hosters.Current)));
        }
        await service.ChangeLogoAsync(picture, current.Actor, HttpContext.RequestAborted);
        TempData.Notice(HosterTexts.LogoSaved);
        return RedirectToAction("Edit", "Hosters");
    }

    [HttpPost("delete")]
    public async Task<IActionResult> Destroy()
    {
        await service.ChangeLogoAsync(null, current.Actor, HttpContext.RequestAborted);
        TempData.Notice(HosterTexts.LogoRemoved);
        return RedirectToAction("Edit", "Hosters");
    }

    // Reading one octet more than allowed is enough to refuse the file.
    private static async Task<byte[]?> ReadAsync(IFormFile? file)
    {
        if (file is null) return null;
        var octets = new byte[Math.Min(file.Length, Logo.MaxOctets + 1)];
        await using var stream = file.OpenReadStream();
        await stream.ReadExactlyAsync(octets);
        return octets;
    }
}
