using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.CatchAlls;

/// <param name="Address">Its primary address in the domain, or null if it has no address any more.</param>
/// <param name="IsHidden">The account is deleted and can be restored; until then unknown recipients are refused.</param>
/// <param name="Takes">False if the holder takes no mail right now: unknown recipients are refused.</param>
public sealed record CatchAllHolder(long AccountId, Username Username, LocalPart? Address, bool IsHidden, bool Takes);

/// <summary>Reads the holder of a domain's catch-all.</summary>
public sealed class CatchAllRepository(MailDatabase database)
{
    public async Task<CatchAllHolder?> FindAsync(long domainId, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        // Written as IN with a list of one: with EXISTS, SQLite would scan all accounts.
        var holders = context.Domains.Where(d => d.Id == domainId).Select(d => d.CatchAllAccountId);
        return await context.Accounts.Where(a => holders.Contains(a.Id)).Select(a => new CatchAllHolder(
            a.Id, a.Username, a.Addresses.OrderByDescending(x => x.IsPrimary).ThenBy(x => x.Id).Select(x => x.LocalPart).FirstOrDefault(),
            a.State == AccountState.Deleted, a.State == AccountState.Active
                && (a.Services & MailProtocols.Receiving) != MailProtocols.None)).SingleOrDefaultAsync(cancellationToken);
    }
}
