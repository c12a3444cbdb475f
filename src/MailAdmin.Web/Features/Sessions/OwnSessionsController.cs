using MailAdmin.Core.Admins;
using MailAdmin.Web.Features.Shared;
using MailAdmin.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Sessions;

/// <param name="Current">The key of the current session.</param>
/// <param name="HasNewNetwork">One of the networks has to be confirmed, and this session may do that.</param>
public sealed record OwnSessionsPage(IReadOnlyList<SessionRow> Sessions, string Current, bool HasNewNetwork, SessionSettings Settings);

/// <summary>The reader's own sessions, so that they can check that all of them are theirs.</summary>
[Route("/settings/sessions"), Authorize]
public sealed class OwnSessionsController(OwnSessions sessions, CurrentAdmin current, PanelSettings settings) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Index() => View("Index", new OwnSessionsPage(
        await sessions.ListAsync(current.Admin.Id, settings.Sessions.IdleTime), current.Session, current.Admin.HasNewNetwork,
        settings.Sessions));

    [HttpPost("end")]
    public async Task<IActionResult> End(string? key)
    {
        await sessions.EndAsync(key, current.Actor);
        return Done(SessionTexts.Ended);
    }

    [HttpPost("end-others")]
    public async Task<IActionResult> EndOthers()
    {
        await sessions.EndOthersAsync(current.Session, current.Actor);
        return Done(SessionTexts.OthersEnded);
    }

    [HttpPost("networks")]
    public async Task<IActionResult> ConfirmNetworks()
    {
        await sessions.ConfirmNetworksAsync(current.Session, current.Actor);
        return Done(SessionTexts.NetworksConfirmed);
    }

    private RedirectToActionResult Done(string notice)
    {
        TempData.Notice(notice);
        return RedirectToAction(nameof(Index));
    }
}
