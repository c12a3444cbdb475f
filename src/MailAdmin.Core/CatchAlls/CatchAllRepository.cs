using MailAdmin.Core.Accounts;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.CatchAlls;

/// <param name="Address">Its official address on the domain, or null when it has lost them all.</param>
/// <param name="IsHidden">It is deleted and can be brought back; until then nothing is caught.</param>
/// <param name="Takes">False: nothing is caught at present, unknown recipients are refused.</param>
public sealed record CatchAllHolder(long AccountId, Username Username, LocalPart? Address, bool IsHidden, bool Takes);

/// <summary>Reads who has a domain's catch-all.</summary>
public sealed class CatchAllRepository(MailDatabase database)
{
    public async Task<CatchAllHolder?> FindAsync(long domainId)
    {
        await using var context = database.Open();
        // As a list of one: asked by EXISTS, SQLite would go through all accounts.
        var holders = context.Domains.Where(d => d.Id == domainId).Select(d => d.CatchAllAccountId);
        return await context.Accounts.Where(a => holders.Contains(a.Id)).Select(a => new CatchAllHolder(
            a.Id, a.Username, a.Addresses.OrderByDescending(x => x.IsPrimary).ThenBy(x => x.Id).Select(x => x.LocalPart).FirstOrDefault(),
            a.State == AccountState.Deleted, a.State == AccountState.Active
                && (a.Services & MailProtocols.Receiving) != MailProtocols.None)).SingleOrDefaultAsync();
    }
}
