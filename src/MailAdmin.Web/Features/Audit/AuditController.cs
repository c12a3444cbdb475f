using MailAdmin.Core.Admins;
using MailAdmin.Core.Audit;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Audit;

/// <summary>
/// The audit: who did what, when and from where. A superuser sees everything, a domain admin the events of their domains.
/// </summary>
[Route("/audit"), RequirePermission(Permission.SeeAudit)]
public sealed class AuditController(AuditRepository audit, ReaderTime times, CurrentAdmin current) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Index(AuditQuery query)
    {
        var zone = times.Zone;
        var filter = query.ToFilter(current.Actor, zone);
        if (!filter.Succeeded)
        {
            ModelState.AddProblems(filter.Problems);
            return View(new AuditListPage(query, new AuditPage([], null, null), AuditListPage.NoLinks, zone));
        }
        var size = query.SizeOr(current.Admin.PageSize);
        var page = await audit.ListAsync(
            filter.Value, AuditCursor.Parse(query.Older), AuditCursor.Parse(query.Newer), size, HttpContext.RequestAborted);
        return View(new AuditListPage(query, page, await audit.LinksAsync(page.Events, HttpContext.RequestAborted), zone));
    }
}
