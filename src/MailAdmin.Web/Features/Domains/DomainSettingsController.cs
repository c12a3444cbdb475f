using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Previews;
using MailAdmin.Core.Results;
using MailAdmin.Web.Features.Previews;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Domains;

/// <param name="Form">The submitted form, or the current settings.</param>
/// <param name="Suspends">The effects of the submitted settings, if they suspend the domain: nothing is saved yet.</param>
public sealed record DomainSettingsPage(
    MailDomain Domain, DomainUsage Usage, int AliasCount, DomainSettingsForm Form, EffectsView? Suspends = null);

/// <summary>A domain's limits and state: all its admins see them, a superuser changes them.</summary>
[Route("/domains/{domain}/settings"), RequirePermission(Permission.SeeMail)]
public sealed class DomainSettingsController(DomainRepository domains, DomainService service, CurrentDomain scope, CurrentAdmin current)
    : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Edit(MailDomain domain) => View("Settings", await PageAsync(domain, DomainSettingsForm.Of(domain)));

    /// <summary>Saves immediately, except that a suspension of the domain is shown first.</summary>
    [HttpPost(""), RequirePermission(Permission.EditDomains)]
    public async Task<IActionResult> Update(MailDomain domain, DomainSettingsForm form)
    {
        var read = form.ToEdit();
        if (!read.Succeeded) return await RefuseAsync(domain, form, read.Problems);
        var suspends = read.Value.State == DomainState.Suspended && domain.State != DomainState.Suspended;
        if (suspends && form.Stamp is null) return await AskAsync(domain, form, read.Value);
        var edit = service.PlanEdit(domain.Id, read.Value, current.Actor);
        var result = await (
            suspends ? edit.ConfirmAsync(form.Stamp, HttpContext.RequestAborted) : edit.MakeAsync(HttpContext.RequestAborted));
        if (result.Problems.Contains(PreviewProblems.Differs)) return await AskAsync(domain, form, read.Value);
        if (!result.Succeeded) return await RefuseAsync(domain, form, result.Problems);
        TempData.Notice(DomainTexts.SettingsSaved);
        return this.RedirectBack(RedirectToAction(nameof(Edit), new { domain = domain.Name.Value }));
    }

    private async Task<IActionResult> AskAsync(MailDomain domain, DomainSettingsForm form, DomainEdit edit)
    {
        var shown = await service.PlanEdit(domain.Id, edit, current.Actor).DryRunAsync(HttpContext.RequestAborted);
        if (!shown.Result.Succeeded) return await RefuseAsync(domain, form, shown.Result.Problems);
        return View("Settings", await PageAsync(domain, form) with { Suspends = EffectsView.Of(shown.Effects, current.Admin.Domains) });
    }

    private async Task<ViewResult> RefuseAsync(MailDomain domain, DomainSettingsForm form, IReadOnlyList<Problem> problems)
    {
        var isLate = this.AddProblems(problems, () => DomainText.DifferencesTo(form, domain));
        return View("Settings", await PageAsync(domain, isLate ? form with { Version = domain.Version } : form));
    }

    private async Task<DomainSettingsPage> PageAsync(MailDomain domain, DomainSettingsForm form) =>
        new(domain, await domains.UsageAsync(domain.Id, HttpContext.RequestAborted), scope.AliasCount, form);
}
