using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Previews;
using MailAdmin.Core.Results;
using MailAdmin.Web.Features.Previews;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.DomainNames;

/// <summary>Names to add, as typed or pasted: one a line, or separated by blanks, commas or semicolons.</summary>
public sealed record DomainNameForm(string? Name, bool AcceptsRelated = false)
{
    private static readonly char[] Separators = [' ', '\t', '\r', '\n', ',', ';', '\u00a0'];

    /// <summary>Returns all names, or all faults.</summary>
    public Result<IReadOnlyList<DomainName>> ToNames()
    {
        var (names, problems) = (new List<DomainName>(), new List<Problem>());
        var texts = (Name ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        foreach (var text in texts.DefaultIfEmpty(""))
        {
            if (DomainName.TryParse(text, out var name, out var fault)) names.Add(name);
            else problems.Add(fault.At(nameof(Name)));
        }
        return problems.Count > 0 ? problems : names;
    }
}

/// <param name="Domain">The domain with its names.</param>
/// <param name="Progress">The progress of the names that are being added or removed, from 0 to 1.</param>
public sealed record DomainNamesPage(MailDomain Domain, IReadOnlyDictionary<DomainName, double> Progress, DomainNameForm Form);

/// <param name="Addresses">The number of the domain's addresses: each of them is lost under this name.</param>
/// <param name="Effects">For a large domain, only the effects that come before those on its addresses.</param>
public sealed record DeleteDomainNamePage(MailDomain Domain, DomainName Name, int Addresses, EffectsView? Effects);

/// <summary>The names of a domain (manual, chapter 4): its admin sees them, a superuser changes them.</summary>
[Route("/domains/{domain}/names"), RequirePermission(Permission.SeeMail)]
public sealed class DomainNamesController(DomainAliasService service, CurrentAdmin current) : Controller
{
    [HttpGet("")]
    public Task<IActionResult> Index(MailDomain domain) => PageAsync(domain, new DomainNameForm(""));

    [HttpPost(""), RequirePermission(Permission.EditDomains)]
    public async Task<IActionResult> Create(MailDomain domain, DomainNameForm form)
    {
        var result = await AddAsync(domain, form);
        if (!result.Succeeded)
        {
            ModelState.AddProblems(result.Problems);
            return await PageAsync(domain, form);
        }
        TempData.Notice(Added(domain, result.Value));
        return ToIndex(domain);
    }

    /// <summary>Shows what will be deleted, before it is deleted.</summary>
    [HttpGet("{name}/delete"), RequirePermission(Permission.EditDomains)]
    public async Task<IActionResult> Delete(MailDomain domain, string name) =>
        DomainName.TryParse(name, out var parsed) && domain.Aliases.Any(a => a.Name == parsed && !a.IsBeingRemoved)
            ? await AskAsync(domain, parsed) : NotFound();

    [HttpPost("{name}/delete"), RequirePermission(Permission.EditDomains)]
    public async Task<IActionResult> Destroy(MailDomain domain, string name, string? stamp)
    {
        if (!DomainName.TryParse(name, out var parsed)) return NotFound();
        // The name is gone already: the second click of a double click.
        if (domain.Aliases.All(a => a.Name != parsed || a.IsBeingRemoved)) return ToIndex(domain);
        var result = await service.PlanRemoval(domain.Id, parsed, current.Actor).ConfirmAsync(stamp, HttpContext.RequestAborted);
        if (!result.Succeeded)
        {
            ModelState.AddProblems(result.Problems);
            return await AskAsync(domain, parsed);
        }
        var isBegun = result.Value.Progress == NamesProgress.Begun;
        TempData.Notice(isBegun ? DomainNameTexts.FormatRemovalBegun(parsed.Display) : DomainNameTexts.FormatRemoved(parsed.Display));
        return ToIndex(domain);
    }

    private async Task<ViewResult> AskAsync(MailDomain domain, DomainName name)
    {
        var shown = await service.PlanRemoval(domain.Id, name, current.Actor).DryRunAsync(HttpContext.RequestAborted);
        var addresses = await service.CountAddressesAsync(domain.Id, HttpContext.RequestAborted);
        return View("Delete", new DeleteDomainNamePage(domain, name, addresses, EffectsView.Of(shown.Effects, current.Admin.Domains)));
    }

    private async Task<Result<ChangedNames>> AddAsync(MailDomain domain, DomainNameForm form)
    {
        var names = form.ToNames();
        return names.Succeeded
            ? await service.AddAsync(
                domain.Id, names.Value, current.Actor, form.AcceptsRelated, HttpContext.RequestAborted) : names.Problems.ToList();
    }

    private static string Added(MailDomain domain, ChangedNames added)
    {
        if (added.Progress == NamesProgress.Begun) return DomainNameTexts.FormatAddingBegun(domain.Name.Display);
        var names = string.Join(", ", added.Names.Select(n => n.Name.Display));
        return added.Names.Count == 1
            ? DomainNameTexts.FormatAdded_one(names, domain.Name.Display) : DomainNameTexts.FormatAdded_other(names, domain.Name.Display);
    }

    private async Task<IActionResult> PageAsync(MailDomain domain, DomainNameForm form)
    {
        var progress = domain.Aliases.Any(a => a.Reached is not null)
            ? await service.ProgressAsync(domain.Id, HttpContext.RequestAborted) : new Dictionary<DomainName, double>();
        return View("Index", new DomainNamesPage(domain, progress, form));
    }

    private RedirectToActionResult ToIndex(MailDomain domain) => RedirectToAction(nameof(Index), new { domain = domain.Name.Value });
}
