using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Results;
using MailAdmin.Web.Features.Search;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Aliases;

/// <summary>The aliases of a domain (manual, chapter 2).</summary>
[Route("/domains/{domain}/aliases"), Needs(Permission.SeeMail)]
public sealed class AliasesController(AliasRepository aliases, AliasService service, CurrentAdmin current) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Index(MailDomain domain, ListQuery query) =>
        View(new AliasesPage(domain, await aliases.ListAsync(domain, query.For<AliasSort>(current.Admin.PageSize)), query));

    [HttpGet("new"), Needs(Permission.EditMail)]
    public IActionResult New(MailDomain domain) => View(new NewAliasPage(domain, new AliasForm("", "")));

    [HttpPost("new"), Needs(Permission.EditMail)]
    public async Task<IActionResult> Create(MailDomain domain, AliasForm form)
    {
        var result = await CreateAsync(domain, form);
        if (!result.Succeeded)
        {
            ModelState.AddProblems(result.Problems);
            return View("New", new NewAliasPage(domain, form));
        }
        TempData.Notice(AliasTexts.FormatCreated($"{result.Value.LocalPart}@{domain.Name.Display}"));
        return RedirectToAction(nameof(Show), new { domain = domain.Name.Value, id = result.Value.Id });
    }

    [HttpGet("{id:long}")]
    public async Task<IActionResult> Show(MailDomain domain, long id, PageQuery query)
    {
        if (await aliases.FindAsync(domain.Id, id, query.From, query.SizeOr(current.Admin.PageSize)) is not var (alias, page)) return NotFound();
        return View(new AliasPage(domain, alias, page, new DestinationForm("", SearchReturn.Of(Request)), query));
    }

    /// <summary>Says what goes, before it goes.</summary>
    [HttpGet("{id:long}/delete"), Needs(Permission.EditMail)]
    public async Task<IActionResult> Delete(MailDomain domain, long id) =>
        await aliases.FindLossesAsync(domain.Id, id, current.Admin.Domains) is { } losses ? View(new DeleteAliasPage(domain, losses)) : NotFound();

    [HttpPost("{id:long}/delete"), Needs(Permission.EditMail)]
    public async Task<IActionResult> Destroy(MailDomain domain, long id)
    {
        // Gone already: the second click of a double click.
        if (await aliases.FindAsync(domain.Id, id, 0, 1) is var (alias, _) && (await service.DeleteAsync(id, current.Actor)).Succeeded)
            TempData.Notice(AliasTexts.FormatDeleted($"{alias.LocalPart}@{domain.Name.Display}"));
        return RedirectToAction(nameof(Index), new { domain = domain.Name.Value });
    }

    private async Task<Result<MailAddress>> CreateAsync(MailDomain domain, AliasForm form)
    {
        if (!OwnAddress.TryParse(form.Address, domain.Name, out var part, out var problem)) return problem.At(nameof(form.Address));
        return await service.CreateAsync(domain.Id, part, DestinationList.Split(form.Destinations), current.Actor);
    }
}
