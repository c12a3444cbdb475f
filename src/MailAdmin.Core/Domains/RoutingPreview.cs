using MailAdmin.Core.Accounts;
using MailAdmin.Core.Data;
using MailAdmin.Core.Outbox;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Domains;

/// <summary>The accounts and addresses that a switch of the domain's routing affects.</summary>
/// <param name="Accounts">Number of accounts that have an address here.</param>
/// <param name="Pending">Number of accounts whose mailbox does not exist yet.</param>
/// <param name="Closed">Number of accounts that are suspended or do not receive mail.</param>
/// <param name="FirstPending">Usernames of pending accounts, <see cref="Shown"/> at most.</param>
/// <param name="CatchAll">Username of the account that would receive mail for unknown recipients, or null.</param>
public sealed record RoutingPreview(
    int Accounts, int Pending, int Closed, int Addresses, int Aliases, IReadOnlyList<Username> FirstPending, Username? CatchAll)
{
    public const int Shown = 10;

    /// <summary>Number of pending accounts whose mailbox the server refused to make.</summary>
    public int Refused { get; init; }
}

/// <summary>Reads what the admin should know before a domain's routing is switched.</summary>
public sealed class RoutingPreviewRepository(MailDatabase database)
{
    /// <param name="domainId">The domain.</param>
    /// <param name="names">Whether to read the usernames of pending accounts, too.</param>
    public async Task<RoutingPreview> ReadAsync(long domainId, bool names, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        var accounts = context.Accounts.Where(a => a.DomainId == domainId && a.State != AccountState.Deleted);
        var addresses = context.Addresses.Where(
            a => a.DomainId == domainId && (a.AccountId == null || a.Account!.State != AccountState.Deleted));
        var counts = await context.Domains.Where(d => d.Id == domainId).Select(d => new
        {
            Accounts = accounts.Count(),
            Pending = accounts.Count(a => !a.MailboxReady),
            Refused = accounts.Count(
                a => context.Jobs.Any(j => j.Kind == JobKind.Mailbox && j.SubjectId == a.Id && j.Refused)),
            Closed = accounts.Count(a => a.State == AccountState.Suspended || !a.Services.HasFlag(MailProtocols.Receiving)),
            Addresses = addresses.Count(a => a.AccountId != null),
            Aliases = addresses.Count(a => a.AccountId == null),
            CatchAll = accounts.Where(a => a.Id == d.CatchAllAccountId).Select(a => a.Username).FirstOrDefault(),
        }).SingleAsync(cancellationToken);
        // A list inside the first query would need APPLY, which SQLite does not have.
        var pending = counts.Pending == 0 || !names ? []
            : await accounts.Where(a => !a.MailboxReady).OrderBy(a => a.Username).Take(RoutingPreview.Shown).Select(a => a.Username)
                .ToListAsync(cancellationToken);
        return new(counts.Accounts, counts.Pending, counts.Closed, counts.Addresses, counts.Aliases, pending, counts.CatchAll)
        {
            Refused = counts.Refused,
        };
    }
}
