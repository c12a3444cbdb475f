using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Results;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Accounts;

/// <summary>"Fixer un quota" (manual, 3.1).</summary>
[Route("/domains/{domain}/accounts/{username}/quota"), RequirePermission(Permission.EditMail)]
public sealed class AccountQuotaController(
    AccountRepository accounts, AccountService service, AccountQuotas quotas, MailboxWait mailbox, CurrentAdmin current) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Edit(
        MailDomain domain, string username) => await accounts.FindAsync(domain, username, HttpContext.RequestAborted) is { } account
        ? await FormAsync(domain, account, new QuotaForm(QuotaText.Plain(account.Quota), account.Quota is null, account.Version))
            : NotFound();

    [HttpPost("")]
    public async Task<IActionResult> Update(MailDomain domain, string username, QuotaForm form)
    {
        if (await accounts.FindAsync(domain, username, HttpContext.RequestAborted) is not { } account) return NotFound();
        var result = await ChangeAsync(account, form);
        if (!result.Succeeded)
        {
            this.AddProblems(result.Problems, () => [Changed.Choice(AccountTexts.Quota, account.Quota, Typed(form), QuotaText.Readable)]);
            return await FormAsync(domain, account, form);
        }
        if (await mailbox.WaitAsync(domain.Id, account.Username, HttpContext.RequestAborted))
            TempData.Notice(
                AccountTexts.FormatQuotaPending(AccountText.AddressOf(account, domain), QuotaText.Readable(result.Value.Quota)),
                NoticeKind.Warning);
        else await TellAsync(domain, account, result.Value.Quota);
        return Redirect(Routes.Of(domain.Name, account.Username).Show);
    }

    private static Quota? Typed(QuotaForm form) => !form.Unlimited && Quota.TryParse(form.Quota, out var typed, out _) ? typed : null;

    private async Task<Result<Account>> ChangeAsync(AccountRow account, QuotaForm form)
    {
        Quota? quota = null;
        if (!form.Unlimited)
        {
            if (!Quota.TryParse(form.Quota, out var typed, out var problem)) return problem.At(nameof(form.Quota));
            quota = typed;
        }
        return await service.ChangeQuotaAsync(account.Id, form.Version, quota, current.Actor, HttpContext.RequestAborted);
    }

    // A quota below the usage deletes nothing, but the mailbox gets no more mail: the admin is warned, not refused.
    private async Task TellAsync(MailDomain domain, AccountRow account, Quota? quota)
    {
        var address = AccountText.AddressOf(account, domain);
        var used = (await quotas.UsageAsync(account, HttpContext.RequestAborted))?.UsedKiB;
        if (quota is { } limit && used >= limit.KiB)
            TempData.Notice(
                AccountTexts.FormatQuotaBelowUse(address, QuotaText.Of(limit), QuotaText.Of(new Quota(used.Value))), NoticeKind.Warning);
        else TempData.Notice(AccountTexts.FormatQuotaChanged(address, QuotaText.Readable(quota)));
    }

    private async Task<IActionResult> FormAsync(MailDomain domain, AccountRow account, QuotaForm form)
    {
        var usage = await quotas.UsageAsync(account, HttpContext.RequestAborted);
        var mayBeUnlimited = domain.TotalQuota is null && (domain.MaxQuota is null || current.Actor.IsSuperuser || account.Quota is null);
        return View("Quota", new QuotaPage(domain, account, usage, form, mayBeUnlimited));
    }
}
