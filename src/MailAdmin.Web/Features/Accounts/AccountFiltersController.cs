using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Outbox;
using MailAdmin.Core.Results;
using MailAdmin.Core.Scripts;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Accounts;

/// <summary>Undoes what a user, or anyone else with the user's password, did with scripts and rights.</summary>
[Route("/domains/{domain}/accounts/{username}"), RequirePermission(Permission.EditMail)]
public sealed class AccountFiltersController(AccountRepository accounts, ScriptService service, JobWait wait, CurrentAdmin current)
    : Controller
{
    [HttpPost("filters/set-aside")]
    public Task<IActionResult> SetAside(MailDomain domain, string username) =>
        ChangeAsync(domain, username, JobKind.ScriptAside, service.SetAsideAsync, FilterTexts.SetAsideAsked);

    [HttpPost("sharing/delete")]
    public Task<IActionResult> Unshare(MailDomain domain, string username) =>
        ChangeAsync(domain, username, JobKind.ForeignRights, service.TakeForeignRightsAsync, FilterTexts.RightsTakenAsked);

    private async Task<IActionResult> ChangeAsync(
        MailDomain domain, string username, JobKind kind, Func<long, Actor, CancellationToken, Task<Result>> change, string notice)
    {
        if (await accounts.FindAsync(domain, username, HttpContext.RequestAborted) is not { } account) return NotFound();
        var result = await change(account.Id, current.Actor, HttpContext.RequestAborted);
        if (result.Succeeded) await wait.WaitAsync(kind, account.Id, HttpContext.RequestAborted);
        TempData.Notice(
            result.Succeeded ? notice : Problems.TextOf(result.Problems[0]), result.Succeeded ? NoticeKind.Done : NoticeKind.Warning);
        return Redirect(Routes.Of(domain.Name, account.Username).Show);
    }
}
