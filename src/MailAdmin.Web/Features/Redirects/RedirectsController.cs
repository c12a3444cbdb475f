using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Aliases;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.Redirects;
using MailAdmin.Core.Results;
using MailAdmin.Provisioning.Postfix;
using MailAdmin.Web.Features.Accounts;
using MailAdmin.Web.Features.Sessions;
using MailAdmin.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Features.Redirects;

/// <summary>A redirect as it was typed (manual, 3.6): one destination a line, or as pasted.</summary>
/// <param name="Version">The version of the redirect that the form was filled from; 0 if there was none.</param>
public sealed record RedirectForm(string? Destinations, bool KeepsCopy, long Version)
{
    /// <summary>The fields in which the saved values differ from these.</summary>
    public IEnumerable<ChangedField?> DifferencesTo(RedirectForm saved) =>
    [
        Changed.Field(RedirectTexts.Destinations, saved.Destinations, Destinations),
        Changed.Choice(RedirectTexts.KeepsCopy, saved.KeepsCopy, KeepsCopy, keeps => keeps ? RedirectTexts.CopyKept : RedirectTexts.NoCopy),
    ];

    public static RedirectForm Of(RedirectRow? redirect) =>
        redirect is null
            ? new("", false, 0)
            : new(string.Join('\n', redirect.Destinations.Select(d => d.Display)), redirect.KeepsCopy, redirect.Version);
}

/// <param name="Facts">The current state.</param>
/// <param name="Today">In the hoster's time zone.</param>
public sealed record RedirectPage(MailDomain Domain, AccountRow Account, RedirectFacts Facts, RedirectForm Form, DateOnly Today)
{
    public RedirectRow? Redirect => Facts.Redirect;

    /// <summary>A vacation that is on now or later: if the redirect keeps no copy, it answers nobody.</summary>
    public VacationDays? Vacation => Facts.Vacation is { } days && (days.Until is null || days.Until >= Today) ? days : null;

    public bool SilencesVacation => Vacation is not null && IsRedirected && !Redirect!.KeepsCopy;

    public string Address => AccountText.AddressOf(Account, Domain);

    public bool IsRedirected => Redirect is { Destinations.Count: > 0 };
}

/// <summary>The redirect of an account (manual, 3.6).</summary>
[Route("/domains/{domain}/accounts/{username}/redirect"), RequirePermission(Permission.SeeMail)]
public sealed class RedirectsController(
    AccountRepository accounts, RedirectRepository redirects, RedirectService service, MailDelivery delivery, CurrentAdmin current)
        : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Edit(MailDomain domain, string username)
    {
        return await FindAsync(domain, username) is { } account ? await PageAsync(domain, account, form: null) : NotFound();
    }

    [HttpPost(""), RequirePermission(Permission.EditMail)]
    public async Task<IActionResult> Update(MailDomain domain, string username, RedirectForm form)
    {
        if (await FindAsync(domain, username) is not { } account) return NotFound();
        var result = await service.SetAsync(
            account.Id, new(form.Version, DestinationList.Split(form.Destinations), form.KeepsCopy), current.Actor,
                HttpContext.RequestAborted);
        if (!result.Succeeded)
        {
            return await RefuseAsync(domain, account, form, result.Problems);
        }
        var address = AccountText.AddressOf(account, domain);
        TempData.Notice(
            result.Value.NamedItself
            ? RedirectTexts.FormatSavedWithOwn(address) : RedirectTexts.FormatSaved(address), delivery.AreMapsLate);
        return this.RedirectBack(RedirectToAction(nameof(Edit), new { domain = domain.Name.Value, username = account.Username.Value }));
    }

    [HttpPost("delete"), RequirePermission(Permission.EditMail)]
    public async Task<IActionResult> Destroy(MailDomain domain, string username, long version)
    {
        if (await FindAsync(domain, username) is not { } account) return NotFound();
        var result = await service.RemoveAsync(account.Id, version, current.Actor, HttpContext.RequestAborted);
        if (!result.Succeeded)
        {
            ModelState.AddProblems(result.Problems);
            return await PageAsync(domain, account, form: null);
        }
        TempData.Notice(RedirectTexts.FormatRemoved(AccountText.AddressOf(account, domain)), delivery.AreMapsLate);
        return this.RedirectBack(
            RedirectToAction("Show", "Accounts", new { domain = domain.Name.Value, username = account.Username.Value }));
    }

    private async Task<IActionResult> RefuseAsync(MailDomain domain, AccountRow account, RedirectForm form, IReadOnlyList<Problem> problems)
    {
        var saved = RedirectForm.Of((await redirects.FindAsync(account.Id, HttpContext.RequestAborted)).Redirect);
        return await PageAsync(
            domain, account, this.AddProblems(problems, () => form.DifferencesTo(saved)) ? form with { Version = saved.Version } : form);
    }

    private async Task<IActionResult> PageAsync(MailDomain domain, AccountRow account, RedirectForm? form)
    {
        var facts = await redirects.FindAsync(account.Id, HttpContext.RequestAborted);
        var today = HosterTime.DateOf(
            HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow(), HosterTime.ZoneOf(facts.TimeZone));
        return View("Edit", new RedirectPage(domain, account, facts, form ?? RedirectForm.Of(facts.Redirect), today));
    }

    private async Task<AccountRow?> FindAsync(MailDomain domain, string username) =>
        Username.TryParse(username, out var name) ? await accounts.FindAsync(domain.Id, name, HttpContext.RequestAborted) : null;
}
