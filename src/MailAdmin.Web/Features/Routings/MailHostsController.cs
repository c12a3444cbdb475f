using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Routings;

/// <param name="Domain">The domain whose page links here and is returned to; null for the list of domains.</param>
public sealed record MailHostPage(string Host, DomainName? Domain)
{
    public string Back => Domain is null ? Routes.Domains : Routes.Of(Domain.Value).Routing;
}

/// <summary>Removes a mail host that is gone, after showing what that means.</summary>
[Route("/mail-hosts/{host}/delete"), RequirePermission(Permission.EditDomains)]
public sealed class MailHostsController(MailHostService service, CurrentAdmin current) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Delete(string host, string? from) =>
        await service.IsKnownAsync(host, HttpContext.RequestAborted) ? View("DeleteHost", PageOf(host, from)) : NotFound();

    [HttpPost("")]
    public async Task<IActionResult> Destroy(string host, string? from)
    {
        var page = PageOf(host, from);
        var result = await service.ForgetAsync(host, current.Actor, HttpContext.RequestAborted);
        if (!result.Succeeded)
        {
            ModelState.AddProblems(result.Problems);
            return View("DeleteHost", page);
        }
        TempData.Notice(RoutingTexts.FormatHostForgotten(host));
        return LocalRedirect(page.Back);
    }

    private static MailHostPage PageOf(string host, string? from) => new(host, DomainName.TryParse(from, out var domain) ? domain : null);
}
