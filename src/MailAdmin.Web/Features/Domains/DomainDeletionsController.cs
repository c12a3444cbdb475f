using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Provisioning.Cyrus;
using MailAdmin.Web.Features.Accounts;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Domains;

/// <param name="Version">The version of the domain that the page shows.</param>
/// <param name="Stamp">The stamp of the contents that the page shows.</param>
public sealed record DomainDeletionForm(long Version, string? Stamp, string? TypedName);

/// <param name="Sizes">Null if no server is configured.</param>
public sealed record DomainDeletionPage(MailDomain Domain, DomainContents Contents, MailboxSizes? Sizes, string? TypedName);

/// <summary>Deletes a domain, after a page that shows exactly what is deleted (manual, fig. 1: "Supprimer ce domaine").</summary>
[Route("/domains/{domain}/delete"), RequirePermission(Permission.EditDomains)]
public sealed class DomainDeletionsController(
    DomainDeletionService service, AccountRepository accounts, AccountQuotas quotas, CurrentAdmin current) : Controller
{
    [HttpGet("")]
    public Task<IActionResult> Delete(MailDomain domain) => PageAsync(domain, null);

    [HttpPost("")]
    public async Task<IActionResult> Destroy(MailDomain domain, DomainDeletionForm form)
    {
        var result = await service.DeleteAsync(
            domain.Id, new DomainDeletion(form.Version, form.Stamp, form.TypedName), current.Actor, HttpContext.RequestAborted);
        if (!result.Succeeded)
        {
            ModelState.AddProblems(result.Problems);
            return await PageAsync(domain, form.TypedName);
        }
        var name = result.Value.Name.Display;
        TempData.Notice(
            result.Value.Progress == DeletionProgress.Done ? DomainTexts.FormatDeleted(name) : DomainTexts.FormatDeletionBegun(name));
        return this.RedirectBack(RedirectToAction("Index", "Domains"));
    }

    private async Task<IActionResult> PageAsync(MailDomain domain, string? typedName)
    {
        if (await service.PreviewAsync(domain.Id, HttpContext.RequestAborted) is not { } contents) return NotFound();
        return View("Delete", new DomainDeletionPage(domain, contents, await SizesAsync(domain), typedName));
    }

    private async Task<MailboxSizes?> SizesAsync(MailDomain domain)
    {
        var largest = await accounts.LargestAsync(domain.Id, MailboxSizes.Asked, HttpContext.RequestAborted);
        return await quotas.ReadAsync(largest, HttpContext.RequestAborted) is { } readings ? MailboxSizes.Of(largest, readings) : null;
    }
}

/// <summary>The usage of a domain's mailboxes, as far as Cyrus answered in time.</summary>
/// <param name="Available">Cyrus answered in time.</param>
/// <param name="Largest">The largest mailboxes, <see cref="Shown"/> at most.</param>
/// <param name="Known">The number of mailboxes whose usage is known.</param>
/// <param name="KnownKiB">Their total usage in KiB.</param>
public sealed record MailboxSizes(bool Available, IReadOnlyList<(AccountRow Account, long UsedKiB)> Largest, int Known, long KnownKiB)
{
    public const int Shown = 10;

    /// <summary>Mailboxes that are read within the time of a page.</summary>
    public const int Asked = 50;

    public static MailboxSizes Of(IReadOnlyList<AccountRow> accounts, QuotaReadings readings)
    {
        var known = accounts.Select(a => (Account: a, readings[a.Username]?.UsedKiB)).Where(x => x.UsedKiB is not null)
            .Select(x => (x.Account, UsedKiB: x.UsedKiB!.Value)).OrderByDescending(x => x.UsedKiB).ToList();
        return new(readings.Available, [.. known.Where(x => x.UsedKiB > 0).Take(Shown)], known.Count, known.Sum(x => x.UsedKiB));
    }
}
