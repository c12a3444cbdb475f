using System.Globalization;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Domains;
using MailAdmin.Web.Features.Sessions;
using Microsoft.AspNetCore.Mvc;

namespace MailAdmin.Web.Api.Accounts;

/// <summary>The accounts of a domain, for programs.</summary>
[Route(ApiPaths.Root + "/v1/domains/{domain}/accounts"), RequirePermission(Permission.SeeMail)]
public sealed class AccountsApiController(
    AccountRepository accounts, AccountCursorRepository pages, AccountService service, CurrentAdmin current) : ApiController
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 200;

    /// <param name="domain">The domain of the URL.</param>
    /// <param name="after">From <see cref="AccountListContract.Next"/>; absent for the first page.</param>
    /// <param name="limit">Accounts per page, 1 to 200; 50 by default.</param>
    [HttpGet("")]
    public async Task<ActionResult<AccountListContract>> List(MailDomain domain, string? after, int? limit)
    {
        if (!ModelState.IsValid || limit is < 1 or > MaxLimit) return Unreadable();
        var size = limit ?? DefaultLimit;
        var rows = await pages.ListAfterAsync(domain.Id, after, size + 1, HttpContext.RequestAborted);
        var shown = rows.Take(size).Select(row => AccountContract.Of(domain, row)).ToList();
        return new AccountListContract(shown, rows.Count > size ? NextOf(rows[size - 1], limit) : null);
    }

    [HttpGet("{username}")]
    public async Task<ActionResult<AccountContract>> Show(MailDomain domain, string username) =>
        await accounts.FindAsync(domain, username, HttpContext.RequestAborted) is { } account
            ? AccountContract.Of(domain, account) : NotFound();

    /// <summary>Sets the quota; the mailbox gets it within moments.</summary>
    [HttpPut("{username}/quota"), RequirePermission(Permission.EditMail)]
    public async Task<ActionResult<AccountContract>> SetQuota(MailDomain domain, string username, [FromBody] QuotaContract? quota)
    {
        if (await accounts.FindAsync(domain, username, HttpContext.RequestAborted) is not { } account) return NotFound();
        if (quota is null || !ModelState.IsValid) return Unreadable();
        Quota? wanted = null;
        if (quota.QuotaKiB is { } kib)
        {
            if (!Quota.TryParse(kib.ToString(CultureInfo.InvariantCulture), out var parsed, out var problem))
                return Refused([problem.At(nameof(quota.QuotaKiB))]);
            wanted = parsed;
        }
        var result = await service.ChangeQuotaAsync(
            account.Id, quota.Version ?? account.Version, wanted, current.Actor, HttpContext.RequestAborted);
        if (!result.Succeeded) return Refused(result.Problems);
        return await Show(domain, username);
    }

    // The position is a local part: octet order of the index, whatever was added or removed meanwhile.
    private string NextOf(AccountRow last, int? limit)
    {
        var query = QueryString.Create("after", last.Addresses[0].Value);
        return Request.Path + (limit is { } size ? query.Add("limit", size.ToString(CultureInfo.InvariantCulture)) : query);
    }
}
