using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Domains;

/// <param name="Form">What was typed, or the settings as they are.</param>
/// <param name="Changed">Somebody else saved other settings after the form was drawn.</param>
public sealed record DomainSettingsPage(MailDomain Domain, DomainUsage Usage, int AliasCount, DomainSettingsForm Form, bool Changed = false);

/// <summary>A domain's limits and state: everybody who works in it sees them, the superuser changes them.</summary>
[Route("/domains/{domain}/settings"), Needs(Permission.SeeMail)]
public sealed class DomainSettingsController(DomainRepository domains, DomainService service, CurrentDomain scope, CurrentAdmin current) : Controller
{
    private const string Page = "/Features/Domains/Settings.cshtml";

    [HttpGet("")]
    public async Task<IActionResult> Edit(MailDomain domain) => View(Page, await PageAsync(domain, DomainSettingsForm.Of(domain)));

    [HttpPost(""), Needs(Permission.EditDomains)]
    public async Task<IActionResult> Update(MailDomain domain, DomainSettingsForm form)
    {
        var edit = form.ToEdit();
        var result = edit.Succeeded ? await service.EditAsync(domain.Id, edit.Value, current.Actor) : edit.Problems.ToList();
        if (result.Succeeded)
        {
            TempData.Notice(DomainTexts.SettingsSaved);
            return RedirectToAction(nameof(Edit), new { domain = domain.Name.Value });
        }
        var changed = result.Problems.Contains(DomainProblems.ChangedMeanwhile);
        ModelState.AddProblems(result.Problems.Where(p => p != DomainProblems.ChangedMeanwhile));
        // Sent again, it replaces what the page now says is there.
        return View(Page, await PageAsync(domain, changed ? form with { Version = domain.Version } : form) with { Changed = changed });
    }

    private async Task<DomainSettingsPage> PageAsync(MailDomain domain, DomainSettingsForm form) =>
        new(domain, await domains.UsageAsync(domain.Id), scope.AliasCount, form);
}
