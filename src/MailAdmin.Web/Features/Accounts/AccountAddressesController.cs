using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Previews;
using MailAdmin.Core.Results;
using MailAdmin.Provisioning.Postfix;
using MailAdmin.Web.Features.Previews;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Accounts;

/// <summary>The addresses of an account: several, one of which is the official one.</summary>
[Route("/domains/{domain}/accounts/{username}/addresses"), RequirePermission(Permission.EditMail)]
public sealed class AccountAddressesController(
    AccountRepository accounts, AccountAddressRepository addresses, AccountAddressService service, DeletionImpactReader impact,
    MailDelivery delivery, CurrentAdmin current) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Index(MailDomain domain, string username) =>
        await accounts.FindAsync(domain, username, HttpContext.RequestAborted) is { } account ? await ListAsync(
            domain, account, "") : NotFound();

    [HttpPost("")]
    public async Task<IActionResult> Create(MailDomain domain, string username, AddressForm form)
    {
        if (await accounts.FindAsync(domain, username, HttpContext.RequestAborted) is not { } account) return NotFound();
        Result result = LocalAddressParser.TryParse(form.Address, domain.Name, out var part, out var problem)
            ? await service.AddAsync(account.Id, part, current.Actor, HttpContext.RequestAborted) : problem.At(nameof(form.Address));
        if (result.Succeeded) return Done(domain, account, AccountTexts.FormatAddressAdded($"{part}@{domain.Name.Display}"));
        ModelState.AddProblems(result.Problems);
        return await ListAsync(domain, account, form.Address);
    }

    [HttpPost("{id:long}/official")]
    public async Task<IActionResult> MakeOfficial(MailDomain domain, string username, long id)
    {
        if (await accounts.FindAsync(domain, username, HttpContext.RequestAborted) is not { } account) return NotFound();
        var result = await service.MakePrimaryAsync(account.Id, id, current.Actor, HttpContext.RequestAborted);
        if (result.Succeeded) return Done(domain, account, AccountTexts.MadeOfficial);
        ModelState.AddProblems(result.Problems);
        return await ListAsync(domain, account, "");
    }

    /// <summary>Shows what will be deleted, before it is deleted.</summary>
    [HttpGet("{id:long}/delete")]
    public async Task<IActionResult> Delete(MailDomain domain, string username, long id) =>
        await accounts.FindAsync(domain, username, HttpContext.RequestAborted) is { } account ? await AskAsync(
            domain, account, id) : NotFound();

    [HttpPost("{id:long}/delete")]
    public async Task<IActionResult> Destroy(MailDomain domain, string username, long id, string? stamp)
    {
        if (await accounts.FindAsync(domain, username, HttpContext.RequestAborted) is not { } account) return NotFound();
        var result = await service.PlanRemoval(account.Id, id, current.Actor).ConfirmAsync(stamp, HttpContext.RequestAborted);
        if (result.Succeeded) return Done(domain, account, AccountTexts.AddressRemoved);
        ModelState.AddProblems(result.Problems);
        return await AskAsync(domain, account, id);
    }

    private async Task<IActionResult> ListAsync(MailDomain domain, AccountRow account, string? typed) =>
        View("Addresses",
            new AddressesPage(domain, account, await addresses.ListAsync(account.Id, HttpContext.RequestAborted), new AddressForm(typed)));

    private async Task<IActionResult> AskAsync(MailDomain domain, AccountRow account, long id)
    {
        if (await addresses.FindAsync(account.Id, id, HttpContext.RequestAborted) is not { } removed) return NotFound();
        var shown = await service.PlanRemoval(account.Id, id, current.Actor).DryRunAsync(HttpContext.RequestAborted);
        var effects = EffectsView.Of(shown.Effects, current.Admin.Domains);
        return View(
            "RemoveAddress",
            new RemoveAddressPage(
                domain, account, removed, await impact.OfAddressAsync(id, current.Admin.Domains, HttpContext.RequestAborted), effects));
    }

    private RedirectResult Done(MailDomain domain, AccountRow account, string notice)
    {
        TempData.Notice(notice, delivery.AreMapsLate);
        return Redirect(Routes.Of(domain.Name, account.Username).Addresses);
    }
}
