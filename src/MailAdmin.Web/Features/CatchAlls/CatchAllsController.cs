using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.CatchAlls;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Results;
using MailAdmin.Web.Features.Accounts;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.CatchAlls;

/// <param name="Holder">Who has the catch-all now, or null.</param>
public sealed record CatchAllPage(MailDomain Domain, AccountRow Account, CatchAllHolder? Holder)
{
    public string Address => AccountText.AddressOf(Account, Domain);

    public bool IsHolder => Holder?.AccountId == Account.Id;

    /// <summary>Somebody else who has it and can be named.</summary>
    public CatchAllHolder? Other => Holder is { IsHidden: false } && !IsHolder ? Holder : null;

    public bool TakesMail => Account.State == AccountState.Active && Account.Services.HasFlag(MailServices.Receiving);
}

public sealed record DomainCatchAllPage(MailDomain Domain, CatchAllHolder? Holder);

/// <summary>The catch-all of a domain (manual, 3.5): seen on the domain; set, moved and removed on an account.</summary>
[Needs(Permission.SeeMail)]
public sealed class CatchAllsController(AccountRepository accounts, CatchAllRepository catchAlls, CatchAllService service, CurrentAdmin current) : Controller
{
    [HttpGet("/domains/{domain}/catch-all")]
    public async Task<IActionResult> Index(MailDomain domain) => View(new DomainCatchAllPage(domain, await catchAlls.FindAsync(domain.Id)));

    /// <summary>Says what would happen, and names the present holder.</summary>
    [HttpGet("/domains/{domain}/accounts/{username}/catch-all")]
    public async Task<IActionResult> Edit(MailDomain domain, string username) =>
        await FindAsync(domain, username) is { } account ? View(new CatchAllPage(domain, account, await catchAlls.FindAsync(domain.Id))) : NotFound();

    [HttpPost("/domains/{domain}/accounts/{username}/catch-all"), Needs(Permission.EditMail)]
    public async Task<IActionResult> Update(MailDomain domain, string username, long? presentHolderId)
    {
        if (await FindAsync(domain, username) is not { } account) return NotFound();
        var result = await service.SetAsync(account.Id, presentHolderId, current.Actor);
        return await AnswerAsync(domain, account, result, CatchAllTexts.FormatWasSet(AccountText.AddressOf(account, domain), domain.Name.Display));
    }

    [HttpPost("/domains/{domain}/accounts/{username}/catch-all/delete"), Needs(Permission.EditMail)]
    public async Task<IActionResult> Destroy(MailDomain domain, string username)
    {
        if (await FindAsync(domain, username) is not { } account) return NotFound();
        var result = await service.RemoveAsync(account.Id, current.Actor);
        return await AnswerAsync(domain, account, result, CatchAllTexts.FormatWasRemoved(domain.Name.Display));
    }

    private async Task<IActionResult> AnswerAsync(MailDomain domain, AccountRow account, Result result, string done)
    {
        if (!result.Succeeded)
        {
            ModelState.AddProblems(result.Problems);
            return View("Edit", new CatchAllPage(domain, account, await catchAlls.FindAsync(domain.Id)));
        }
        TempData.Notice(done);
        return RedirectToAction(nameof(Index), new { domain = domain.Name.Value });
    }

    private async Task<AccountRow?> FindAsync(MailDomain domain, string username) =>
        Username.TryParse(username, out var name) ? await accounts.FindAsync(domain.Id, name) : null;
}
