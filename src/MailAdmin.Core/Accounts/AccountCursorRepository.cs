using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Accounts;

/// <summary>Reads the accounts of a domain page by page, for programs that read all of them.</summary>
public sealed class AccountCursorRepository(MailDatabase database)
{
    /// <summary>
    /// The accounts of a domain in octet order of their primary addresses, from a position on. Nothing is counted and nothing is skipped,
    /// so each page costs the same.
    /// </summary>
    /// <param name="after">The local part of the last primary address of the page before; null for the first page.</param>
    /// <param name="limit">The most rows.</param>
    /// <param name="cancellationToken">Cancelled when the request is aborted.</param>
    public async Task<IReadOnlyList<AccountRow>> ListAfterAsync(
        long domainId, string? after, int limit, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        var addresses = context.Addresses.Where(m => m.DomainId == domainId && m.IsPrimary && m.Account!.State != AccountState.Deleted);
#pragma warning disable CA1309 // The database compares, octet by octet; a comparison by StringComparison cannot be translated.
        if (after is not null) addresses = addresses.Where(m => string.Compare((string)(object)m.LocalPart, after) > 0);
#pragma warning restore CA1309
        var page = addresses.OrderBy(m => m.LocalPart).Take(limit).Select(m => m.Account!);
        return await AccountRepository.Rows(context, page).ToListAsync(cancellationToken);
    }
}
