using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.CatchAlls;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Previews;
using MailAdmin.Core.Results;
using MailAdmin.Provisioning.Postfix;
using MailAdmin.Web.Features.Accounts;
using MailAdmin.Web.Features.Previews;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.CatchAlls;

/// <param name="Holder">The account that has the catch-all now, or null.</param>
/// <param name="Effects">The effects of setting or removing it; null if that is refused.</param>
public sealed record CatchAllPage(MailDomain Domain, AccountRow Account, CatchAllHolder? Holder, EffectsView? Effects)
{
    public string Address => AccountText.AddressOf(Account, Domain);

    public bool IsHolder => Holder?.AccountId == Account.Id;

    /// <summary>Another account that has it and is not deleted.</summary>
    public CatchAllHolder? Other => Holder is { IsHidden: false } && !IsHolder ? Holder : null;

    public bool TakesMail => Account.State == AccountState.Active && Account.Services.HasFlag(MailProtocols.Receiving);
}

public sealed record DomainCatchAllPage(MailDomain Domain, CatchAllHolder? Holder);

/// <summary>The catch-all of a domain (manual, 3.5): shown on the domain; set, moved and removed on an account.</summary>
[RequirePermission(Permission.SeeMail)]
public sealed class CatchAllsController(
    AccountRepository accounts, CatchAllRepository catchAlls, CatchAllService service, MailDelivery delivery, CurrentAdmin current)
    : Controller
{
    [HttpGet("/domains/{domain}/catch-all")]
    public async Task<IActionResult> Index(
        MailDomain domain) => View(new DomainCatchAllPage(domain, await catchAlls.FindAsync(domain.Id, HttpContext.RequestAborted)));

    /// <summary>Shows what will happen, and names the current holder.</summary>
    [HttpGet("/domains/{domain}/accounts/{username}/catch-all")]
    public async Task<IActionResult> Edit(MailDomain domain, string username) =>
        await FindAsync(domain, username) is { } account ? await AskAsync(domain, account) : NotFound();

    [HttpPost("/domains/{domain}/accounts/{username}/catch-all"), RequirePermission(Permission.EditMail)]
    public async Task<IActionResult> Update(MailDomain domain, string username, long? presentHolderId, string? stamp)
    {
        if (await FindAsync(domain, username) is not { } account) return NotFound();
        var result = await service.PlanMove(account.Id, presentHolderId, current.Actor).ConfirmAsync(stamp, HttpContext.RequestAborted);
        return await AnswerAsync(
            domain, account, result, CatchAllTexts.FormatWasSet(AccountText.AddressOf(account, domain), domain.Name.Display));
    }

    [HttpPost("/domains/{domain}/accounts/{username}/catch-all/delete"), RequirePermission(Permission.EditMail)]
    public async Task<IActionResult> Destroy(MailDomain domain, string username, string? stamp)
    {
        if (await FindAsync(domain, username) is not { } account) return NotFound();
        var result = await service.PlanRemoval(account.Id, current.Actor).ConfirmAsync(stamp, HttpContext.RequestAborted);
        return await AnswerAsync(domain, account, result, CatchAllTexts.FormatWasRemoved(domain.Name.Display));
    }

    private async Task<IActionResult> AnswerAsync(MailDomain domain, AccountRow account, Result result, string done)
    {
        if (!result.Succeeded)
        {
            ModelState.AddProblems(result.Problems);
            return await AskAsync(domain, account);
        }
        TempData.Notice(done, delivery.AreMapsLate);
        return RedirectToAction(nameof(Index), new { domain = domain.Name.Value });
    }

    private async Task<ViewResult> AskAsync(MailDomain domain, AccountRow account)
    {
        var holder = await catchAlls.FindAsync(domain.Id, HttpContext.RequestAborted);
        if (!current.May(Permission.EditMail)) return View("Edit", new CatchAllPage(domain, account, holder, null));
        var change = holder?.AccountId == account.Id
            ? service.PlanRemoval(account.Id, current.Actor) : service.PlanMove(account.Id, holder?.AccountId, current.Actor);
        var shown = await change.DryRunAsync(HttpContext.RequestAborted);
        return View("Edit", new CatchAllPage(domain, account, holder, EffectsView.Of(shown.Effects, current.Admin.Domains)));
    }

    private async Task<AccountRow?> FindAsync(MailDomain domain, string username) =>
        Username.TryParse(username, out var name) ? await accounts.FindAsync(domain.Id, name, HttpContext.RequestAborted) : null;
}
