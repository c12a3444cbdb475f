using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Domains;

/// <summary>The welcome page (manual, fig. 1).</summary>
public sealed record DomainsPage(Page<DomainRow> Domains, ListQuery Query);

/// <summary>The domains of this admin; only a superuser creates one.</summary>
[RequirePermission(Permission.SeeMail)]
public sealed class DomainsController(DomainRepository domains, DomainService service, CurrentAdmin current) : Controller
{
    /// <summary>An admin with one domain goes to it; others choose one.</summary>
    [HttpGet("/")]
    public async Task<IActionResult> Home()
    {
        if (current.Admin.Domains is not { Count: 1 } only) return RedirectToAction(nameof(Index));
        var rows = (await domains.ListAsync(only, new(0, 1), HttpContext.RequestAborted)).Rows;
        return rows is [var domain] ? ToAccounts(domain.Name) : RedirectToAction(nameof(Index));
    }

    [HttpGet("/domains")]
    public async Task<IActionResult> Index(ListQuery query)
    {
        var page = await domains.ListAsync(
            current.Admin.Domains, query.For<DomainSort>(current.Admin.PageSize), HttpContext.RequestAborted);
        if (page.Rows.Any(d => d.State == DomainState.Deleting)) Response.Headers["Refresh"] = "5";
        return View(new DomainsPage(page, query));
    }

    [HttpGet("/domains/{domain}")]
    public IActionResult Show(MailDomain domain) => ToAccounts(domain.Name);

    [HttpGet("/domains/new"), RequirePermission(Permission.EditDomains)]
    public IActionResult New() => View(DomainForm.Proposal);

    [HttpPost("/domains/new"), RequirePermission(Permission.EditDomains)]
    public async Task<IActionResult> Create(DomainForm form)
    {
        var request = form.ToNewDomain();
        var result = request.Succeeded ? await service.CreateAsync(
            request.Value, current.Actor, HttpContext.RequestAborted) : request.Problems.ToList();
        if (!result.Succeeded)
        {
            ModelState.AddProblems(result.Problems);
            return View("New", form);
        }
        TempData.Notice(DomainTexts.FormatCreated(result.Value.Name.Display));
        return ToAccounts(result.Value.Name);
    }

    private RedirectToActionResult ToAccounts(DomainName name) => RedirectToAction("Index", "Accounts", new { domain = name.Value });
}
