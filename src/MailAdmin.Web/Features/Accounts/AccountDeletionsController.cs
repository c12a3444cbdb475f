using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Previews;
using MailAdmin.Web.Features.Previews;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Accounts;

/// <summary>Deletes accounts (manual, 3.4), and restores them while that is possible.</summary>
[Route("/domains/{domain}/accounts"), RequirePermission(Permission.EditMail)]
public sealed class AccountDeletionsController(
    AccountRepository accounts, AccountService service, DeletionImpactReader impacts, AccountQuotas quotas, HosterRepository hosters,
    AccountAddressRepository addresses, MailboxWait mailbox, CurrentAdmin current, ReaderTime times, TimeProvider clock) : Controller
{
    /// <summary>Shows what will be deleted, before it is deleted.</summary>
    [HttpGet("{username}/delete")]
    public async Task<IActionResult> Delete(MailDomain domain, string username) =>
        await accounts.FindAsync(domain, username, HttpContext.RequestAborted) is { } account ? await AskAsync(domain, account) : NotFound(
            );

    [HttpPost("{username}/delete")]
    public async Task<IActionResult> Destroy(MailDomain domain, string username, DeletionForm form, [FromServices] JobWait wait)
    {
        // The account is gone already: the second click of a double click.
        if (await accounts.FindAsync(domain, username, HttpContext.RequestAborted) is not { } account) return this.RedirectBack(
            ToList(domain));
        var result = await service.PlanDeletion(account.Id, form.Version, form.ForGood, current.Actor)
            .ConfirmAsync(form.Stamp, HttpContext.RequestAborted);
        if (!result.Succeeded)
        {
            ModelState.AddProblems(result.Problems);
            return await AskAsync(domain, account);
        }
        var address = AccountText.AddressOf(account, domain);
        if (form.ForGood)
        {
            var stays = await wait.WaitForRemovalAsync(account.Username, HttpContext.RequestAborted);
            TempData.Notice(AccountTexts.FormatDeletedForGood(address), stays, AccountTexts.FormatDeletedForGoodPending(address));
        }
        else
        {
            var hidden = AccountTexts.FormatDeletedUntil(address, times.Day(result.Value.PurgeAt!.Value));
            TempData.Notice(
                hidden, await wait.WaitAsync(JobKind.SignOut, account.Id, HttpContext.RequestAborted),
                AccountTexts.FormatSessionsEndLater(hidden));
        }
        return this.RedirectBack(ToList(domain));
    }

    [HttpGet("deleted")]
    public async Task<IActionResult> Index(MailDomain domain) =>
        View("Deleted", new DeletedAccountsPage(domain, await accounts.ListDeletedAsync(domain.Id, HttpContext.RequestAborted)));

    [HttpPost("deleted/{id:long}/restore")]
    public async Task<IActionResult> Restore(MailDomain domain, long id)
    {
        var deleted = await accounts.ListDeletedAsync(domain.Id, HttpContext.RequestAborted);
        if (deleted.SingleOrDefault(a => a.Id == id) is not { } account) return NotFound();
        var result = await service.RestoreAsync(id, current.Actor, HttpContext.RequestAborted);
        if (!result.Succeeded)
        {
            ModelState.AddProblems(result.Problems);
            return View("Deleted", new DeletedAccountsPage(domain, deleted));
        }
        // The account gets back those of its addresses that were not given to anyone else meanwhile.
        var given = string.Join(' ', (await addresses.ListGivenAwayAsync(domain, account, HttpContext.RequestAborted))
            .Select(g => OwnerOf(g, domain)));
        var restored = AccountTexts.FormatRestored(AccountText.AddressOf(result.Value, domain));
        var isPending = await mailbox.WaitAsync(domain.Id, account.Username, HttpContext.RequestAborted);
        TempData.Notice($"{restored} {given}".TrimEnd(), isPending, $"{SharedTexts.SavedPending} {given}".TrimEnd());
        return Redirect(Routes.Of(domain.Name, account.Username).Show);
    }

    private static string OwnerOf(GivenAddress given, MailDomain domain)
    {
        var address = $"{given.LocalPart}@{domain.Name.Display}";
        return given.Username is { } username
            ? AccountTexts.FormatGivenToAccount(address, username) : AccountTexts.FormatGivenToAlias(address);
    }

    private async Task<IActionResult> AskAsync(MailDomain domain, AccountRow account)
    {
        var impact = await impacts.OfAccountAsync(account.Id, current.Admin.Domains, HttpContext.RequestAborted);
        var usage = await quotas.UsageAsync(account, HttpContext.RequestAborted);
        var hides = await EffectsAsync(account.Id, forGood: false);
        var purges = current.May(Permission.EditDomains) ? await EffectsAsync(account.Id, forGood: true) : null;
        var until = clock.GetUtcNow().AddDays(hosters.Current.UndeleteDays);
        return View("Delete", new DeleteAccountPage(domain, account, usage, impact, until, hides, purges));
    }

    private async Task<EffectsView?> EffectsAsync(long id, bool forGood)
    {
        var shown = await service.PlanDeletion(id, null, forGood, current.Actor).DryRunAsync(HttpContext.RequestAborted);
        return EffectsView.Of(shown.Effects, current.Admin.Domains);
    }

    private RedirectToActionResult ToList(MailDomain domain) => RedirectToAction("Index", "Accounts", new { domain = domain.Name.Value });
}
