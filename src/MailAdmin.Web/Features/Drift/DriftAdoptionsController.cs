using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Drift;
using MailAdmin.Core.Results;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Provisioning.Servers;
using MailAdmin.Web.Features.Accounts;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Drift;

/// <summary>Makes an account for an orphaned mailbox, with everything in it, after showing what that is.</summary>
[Route("/drift/{id:long}/adopt"), RequirePermission(Permission.RunPanel)]
public sealed class DriftAdoptionsController(
    DriftRepository drift, DomainRepository domains, AccountAdoptionService service, AdoptionSuggestions suggestions, IMailServer server,
    MailboxWait mailbox, PasswordHandover handover, CurrentAdmin current) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> New(long id)
    {
        if (await FindAsync(id) is not { } orphan) return NotFound();
        var suggested = await suggestions.OfAsync(orphan, HttpContext.RequestAborted);
        var address = suggested is null ? null : $"{suggested.LocalPart}@{suggested.Domain.Name.Display}";
        return await FormAsync(id, orphan, new AdoptionForm(address, null, null, true));
    }

    [HttpPost("")]
    public async Task<IActionResult> Create(long id, AdoptionForm form)
    {
        if (await FindAsync(id) is not { } orphan) return NotFound();
        var chosen = ChosenPassword.Of(form.Generate, form.Password, form.Confirmation);
        var (domain, result) = await AdoptMailboxAsync(orphan, form, chosen);
        if (!result.Succeeded)
        {
            ModelState.AddProblems(result.Problems);
            return await FormAsync(id, orphan, form);
        }
        await mailbox.WaitAsync(domain!.Id, orphan, HttpContext.RequestAborted);
        TempData.Notice(DriftTexts.FormatAdopted(orphan));
        var account = Routes.Of(domain.Name, orphan);
        if (!chosen.Made) return Redirect(account.Show);
        handover.Store(TempData, orphan, chosen.Password!);
        return Redirect(account.ClientSettings);
    }

    private async Task<(MailDomain? Domain, Result<Account> Result)> AdoptMailboxAsync(
        Username orphan, AdoptionForm form, ChosenPassword chosen)
    {
        var address = TypedAddress.Clean(form.Address);
        var at = address.LastIndexOf('@');
        if (at < 0 || !DomainName.TryParse(address[(at + 1)..], out var name)
            || await domains.FindAsync(name) is not { Domain: var domain }) return (null, AdoptionProblems.DomainUnknown);
        if (!LocalAddressParser.TryParse(address, domain.Name, out var localPart, out var fault))
            return (domain, fault.At(nameof(form.Address)));
        var (wasSeen, found) = await InspectAsync(orphan);
        if (!wasSeen) return (domain, AccountProblems.MailboxUnseen);
        if (found is null) return (domain, DriftProblems.Gone);
        return (domain, await service.AdoptMailboxAsync(
            new(domain.Id, localPart, orphan, found.Facts.Id, found.Limit), chosen.Password, chosen.Confirmation, current.Actor,
            HttpContext.RequestAborted));
    }

    private async Task<IActionResult> FormAsync(long id, Username orphan, AdoptionForm form)
    {
        var (wasSeen, found) = await InspectAsync(orphan);
        return View("Adopt", new DriftAdoptionPage(id, orphan, found, !wasSeen, form));
    }

    private Task<(bool WasSeen, ForeignMailbox? Mailbox)> InspectAsync(Username orphan) =>
        server.ForeignMailboxAsync(new(orphan, null), HttpContext.RequestAborted);

    // A name that no account can have keeps its mailbox out of the panel.
    private async Task<Username?> FindAsync(long id) =>
        await drift.FindAsync(id, HttpContext.RequestAborted) is { Kind: DriftKind.MailboxOrphaned, RepairedAt: null } finding
            ? Username.OfMailbox(finding.Subject) : null;
}
