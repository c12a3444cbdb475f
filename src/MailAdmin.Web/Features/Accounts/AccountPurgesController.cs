using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Previews;
using MailAdmin.Web.Features.Previews;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Accounts;

/// <summary>Purges a deleted account before its time, which can't be undone (manual, 3.4).</summary>
[Route("/domains/{domain}/accounts/deleted/{id:long}/delete"), RequirePermission(Permission.EditDomains)]
public sealed class AccountPurgesController(AccountRepository accounts, AccountService service, CurrentAdmin current) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Delete(MailDomain domain, long id) =>
        await FindAsync(domain, id) is { } account ? await AskAsync(domain, account) : NotFound();

    [HttpPost("")]
    public async Task<IActionResult> Destroy(MailDomain domain, long id, string? stamp, [FromServices] JobWait wait)
    {
        // The account is gone already: the second click of a double click, or its time has come.
        if (await FindAsync(domain, id) is not { } account) return Redirect(ListOf(domain));
        var result = await service.PlanDeletion(id, null, forGood: true, current.Actor).ConfirmAsync(stamp, HttpContext.RequestAborted);
        if (!result.Succeeded)
        {
            ModelState.AddProblems(result.Problems);
            return await AskAsync(domain, account);
        }
        var stays = await wait.WaitForRemovalAsync(account.Username, HttpContext.RequestAborted);
        TempData.Notice(
            AccountTexts.FormatDeletedForGood(account.Username), stays, AccountTexts.FormatDeletedForGoodPending(account.Username));
        return Redirect(ListOf(domain));
    }

    private async Task<IActionResult> AskAsync(MailDomain domain, DeletedAccount account)
    {
        var shown = await service.PlanDeletion(account.Id, null, forGood: true, current.Actor).DryRunAsync(HttpContext.RequestAborted);
        return View("Purge", new PurgePage(domain, account, EffectsView.Of(shown.Effects, current.Admin.Domains)));
    }

    private async Task<DeletedAccount?> FindAsync(MailDomain domain, long id) =>
        (await accounts.ListDeletedAsync(domain.Id, HttpContext.RequestAborted)).SingleOrDefault(a => a.Id == id);

    private static string ListOf(MailDomain domain) => Routes.Of(domain.Name).DeletedAccounts;
}
