using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Accounts;

/// <param name="Version">The version of the account that the form shows.</param>
public sealed record PersonNameForm(string? PersonName, long Version);

public sealed record PersonNamePage(MailDomain Domain, AccountRow Account, PersonNameForm Form) : AccountPage(Domain, Account);

/// <summary>The name of the person who uses an account.</summary>
[Route("/domains/{domain}/accounts/{username}/name"), RequirePermission(Permission.EditMail)]
public sealed class PersonNamesController(AccountRepository accounts, PersonNameService service, CurrentAdmin current) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Edit(MailDomain domain, string username) =>
        await accounts.FindAsync(domain, username, HttpContext.RequestAborted) is { } account
            ? Form(domain, account, new(account.PersonName, account.Version)) : NotFound();

    [HttpPost("")]
    public async Task<IActionResult> Update(MailDomain domain, string username, PersonNameForm form)
    {
        if (await accounts.FindAsync(domain, username, HttpContext.RequestAborted) is not { } account) return NotFound();
        var result = await service.ChangeAsync(account.Id, form.Version, form.PersonName, current.Actor, HttpContext.RequestAborted);
        if (result.Succeeded)
        {
            TempData.Notice(AccountTexts.PersonNameSaved);
            return Redirect(Routes.Of(domain.Name, account.Username).Show);
        }
        this.AddProblems(result.Problems, () => [Changed.Field(AccountTexts.PersonName, account.PersonName, form.PersonName)]);
        return Form(domain, account, form);
    }

    private ViewResult Form(MailDomain domain, AccountRow account, PersonNameForm form) =>
        View("Name", new PersonNamePage(domain, account, form));
}
