using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Results;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.DomainNames;

/// <summary>A name to add, as it was typed.</summary>
public sealed record DomainNameForm(string? Name, bool AcceptsRelated = false);

/// <param name="Domain">With its names.</param>
public sealed record DomainNamesPage(MailDomain Domain, DomainNameForm Form);

public sealed record DeleteDomainNamePage(MailDomain Domain, DomainName Name);

/// <summary>The names of a domain (manual, chapter 4): its admin sees them, the superuser changes them.</summary>
[Route("/domains/{domain}/names"), Needs(Permission.SeeMail)]
public sealed class DomainNamesController(DomainAliasService service, CurrentAdmin current) : Controller
{
    [HttpGet("")]
    public IActionResult Index(MailDomain domain) => View(new DomainNamesPage(domain, new DomainNameForm("")));

    [HttpPost(""), Needs(Permission.EditDomains)]
    public async Task<IActionResult> Create(MailDomain domain, DomainNameForm form)
    {
        var result = await AddAsync(domain, form);
        if (!result.Succeeded)
        {
            ModelState.AddProblems(result.Problems);
            return View("Index", new DomainNamesPage(domain, form));
        }
        TempData.Notice(DomainNameTexts.FormatAdded(result.Value.Name.Display, domain.Name.Display));
        return ToIndex(domain);
    }

    /// <summary>Says what goes, before it goes.</summary>
    [HttpGet("{name}/delete"), Needs(Permission.EditDomains)]
    public IActionResult Delete(MailDomain domain, string name) =>
        DomainName.TryParse(name, out var parsed) && domain.Aliases.Any(a => a.Name == parsed) ? View(new DeleteDomainNamePage(domain, parsed)) : NotFound();

    [HttpPost("{name}/delete"), Needs(Permission.EditDomains)]
    public async Task<IActionResult> Destroy(MailDomain domain, string name)
    {
        if (!DomainName.TryParse(name, out var parsed)) return NotFound();
        // Gone already: the second click of a double click.
        if (domain.Aliases.All(a => a.Name != parsed)) return ToIndex(domain);
        await service.RemoveAsync(domain.Id, parsed, current.Actor);
        TempData.Notice(DomainNameTexts.FormatRemoved(parsed.Display));
        return ToIndex(domain);
    }

    private async Task<Result<DomainAlias>> AddAsync(MailDomain domain, DomainNameForm form) =>
        DomainName.TryParse(form.Name, out var name, out var fault) ? await service.AddAsync(domain.Id, name, current.Actor, form.AcceptsRelated) : fault.At(nameof(form.Name));

    private RedirectToActionResult ToIndex(MailDomain domain) => RedirectToAction(nameof(Index), new { domain = domain.Name.Value });
}
