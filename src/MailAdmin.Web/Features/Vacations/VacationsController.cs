using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.Vacations;
using MailAdmin.Web.Features.Accounts;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Vacations;

/// <summary>The answer that an account's correspondents get while its owner is away (manual, 3.3).</summary>
[Route("/domains/{domain}/accounts/{username}/vacation"), RequirePermission(Permission.EditMail)]
public sealed class VacationsController(
    AccountRepository accounts, VacationRepository vacations, VacationService service, VacationReader reader, VacationOptions options,
    TimeProvider clock, CurrentAdmin current) : Controller
{
    [HttpGet("")]
    public Task<IActionResult> Edit(MailDomain domain, string username) =>
        WithAccountAsync(domain, username, account => PageAsync(domain, account, form: null));

    [HttpPost("")]
    public Task<IActionResult> Update(MailDomain domain, string username, VacationForm form) =>
        WithAccountAsync(domain, username, async account =>
    {
        var request = form.ToRequest();
        var result = request.Succeeded ? await service.SaveAsync(
            account.Id, request.Value, current.Actor, HttpContext.RequestAborted) : request.Problems.ToList();
        if (result.Succeeded) return await DoneAsync(domain, account, result.Value.IsOn ? VacationTexts.SavedOn : VacationTexts.SavedOff);
        var saved = VacationForm.Of(await vacations.FindAsync(account.Id, HttpContext.RequestAborted), options);
        return await PageAsync(
            domain, account, this.AddProblems(result.Problems, () => form.DifferencesTo(saved))
            ? form with { Version = saved.Version } : form);
    });

    /// <summary>Shows what a correspondent would receive; nothing is saved.</summary>
    [HttpPost("preview")]
    public Task<IActionResult> Preview(MailDomain domain, string username, VacationForm form) =>
        WithAccountAsync(domain, username, account => PageAsync(domain, account, form));

    /// <summary>Switches the vacation on again, after another program has switched it off.</summary>
    [HttpPost("activation")]
    public Task<IActionResult> Activate(MailDomain domain, string username) => WithAccountAsync(domain, username, async account =>
    {
        var result = await service.ActivateAsync(account.Id, current.Actor, HttpContext.RequestAborted);
        if (result.Succeeded) return await DoneAsync(domain, account, VacationTexts.SavedOn);
        ModelState.AddProblems(result.Problems);
        return await PageAsync(domain, account, form: null);
    });

    private async Task<IActionResult> WithAccountAsync(MailDomain domain, string username, Func<AccountRow, Task<IActionResult>> answer) =>
        Username.TryParse(username, out var name) && await accounts.FindAsync(domain.Id, name, HttpContext.RequestAborted) is { } account
            ? await answer(account) : NotFound();

    private async Task<IActionResult> PageAsync(MailDomain domain, AccountRow account, VacationForm? form)
    {
        var (row, script) = await reader.ReadAsync(account, HttpContext.RequestAborted);
        var today = HosterTime.DateOf(clock.GetUtcNow(), HosterTime.ZoneOf(row.TimeZone));
        return View("Edit", new VacationPage(domain, account, form ?? VacationForm.Of(row.Vacation, options), row, script, options, today));
    }

    private async Task<IActionResult> DoneAsync(MailDomain domain, AccountRow account, string notice)
    {
        TempData.Notice(notice, await reader.WaitAsync(account.Id, HttpContext.RequestAborted));
        return this.RedirectBack(RedirectToAction(nameof(Edit), new { domain = domain.Name.Value, username = account.Username.Value }));
    }
}
