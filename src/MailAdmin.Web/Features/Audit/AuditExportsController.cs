using MailAdmin.Core.Admins;
using MailAdmin.Core.Audit;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Audit;

/// <summary>All events that the page's filter selects, as a file for a spreadsheet.</summary>
[Route("/audit/export"), RequirePermission(Permission.SeeAudit)]
public sealed class AuditExportsController(AuditRepository audit, ReaderTime times, CurrentAdmin current) : Controller
{
    [HttpGet("")]
    public IActionResult Index(AuditQuery query)
    {
        var zone = times.Zone;
        var filter = query.ToFilter(current.Actor, zone);
        return filter.Succeeded
            ? new AuditCsvResult(audit.ReadAsync(filter.Value, HttpContext.RequestAborted), zone) : Redirect(Routes.Audit + query.Filters);
    }
}
