using MailAdmin.Core.Admins;
using MailAdmin.Provisioning.Doctor;
using MailAdmin.Web.Features.Sessions;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Doctor;

/// <param name="Reports">Failed checks first.</param>
public sealed record DoctorPage(IReadOnlyList<CheckReport> Reports)
{
    public bool AllFine => Reports.All(r => r.State == CheckState.Fine);
}

/// <summary>
/// Shows whether the servers are as the panel needs them. It only reads; a server that hangs delays the page no longer than the deadline.
/// </summary>
[Route("/doctor"), RequirePermission(Permission.RunPanel)]
public sealed class DoctorController(ServerDoctor doctor) : Controller
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    [HttpGet("")]
    public async Task<IActionResult> Index()
    {
        var reports = await doctor.RunAllAsync(Deadline, HttpContext.RequestAborted);
        return View(new DoctorPage([.. reports.OrderBy(r => DoctorText.Weight(r.State))]));
    }
}
