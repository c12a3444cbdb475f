using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.MailboxCopies;
using MailAdmin.Core.Results;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.MailboxCopies;

/// <summary>The copies into a domain's accounts, and the start of many from one server.</summary>
[Route("/domains/{domain}/copies"), RequirePermission(Permission.EditMail)]
public sealed class DomainCopiesController(MailboxCopyRepository copies, MailboxCopyService service, CurrentAdmin current) : Controller
{
    [HttpGet("")]
    public Task<IActionResult> Index(MailDomain domain, PageQuery query) => PageAsync(domain, query, null);

    [HttpPost("")]
    public async Task<IActionResult> Create(MailDomain domain, MailboxCopyForm form)
    {
        var request = form.ToRequest();
        // Whoever leaves the page wants all of them started all the same.
        Result<StartedCopies> result = request.Succeeded
            ? await service.StartManyAsync(
                domain.Id, request.Value, form.NamesOrDefault, form.Accounts, form.FollowsDeletions, current.Actor, CancellationToken.None)
            : request.Problems.ToList();
        if (!result.Succeeded)
        {
            ModelState.AddProblems(result.Problems);
            return await PageAsync(domain, new(), form);
        }
        TempData.Notice(MailboxCopyTexts.FormatStartedMany(result.Value.Started.Shown(), result.Value.Skipped.Shown()));
        return Redirect(Routes.Of(domain.Name).Copies);
    }

    private async Task<IActionResult> PageAsync(MailDomain domain, PageQuery query, MailboxCopyForm? form)
    {
        var page = await copies.PageAsync(domain.Id, query.From, query.SizeOr(current.Admin.PageSize), HttpContext.RequestAborted);
        form ??= MailboxCopyForm.Of(null, "", SourceAuthentication.Proxy);
        return View("Index", new MailboxCopiesPage(domain, page, form, query));
    }
}
