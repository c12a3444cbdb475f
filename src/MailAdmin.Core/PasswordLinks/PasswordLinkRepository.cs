using MailAdmin.Core.Accounts;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.PasswordLinks;

/// <param name="State">The current state: a link that nobody opened in time has expired, whether it is wiped yet or not.</param>
public sealed record PasswordLinkRow(
    string Id, DomainName Domain, Username Username, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, PasswordLinkState State,
    DateTimeOffset? EndedAt);

/// <param name="Language">Language of its page.</param>
public sealed record PasswordLinkPageState(PasswordLinkState State, DateTimeOffset? EndedAt, string Language);

/// <summary>Reads links, but never their passwords.</summary>
public sealed class PasswordLinkRepository(MailDatabase database)
{
    /// <summary>The links that an admin created, latest first.</summary>
    public async Task<Page<PasswordLinkRow>> ListAsync(long adminId, int first, int size, CancellationToken cancellationToken = default)
    {
        var now = database.Now;
        await using var context = database.Open();
        var links = context.PasswordLinks.Where(l => l.AdminId == adminId);
        var total = await links.CountAsync(cancellationToken);
        first = Paging.Clamp(first, size, total);
        var rows = await links.OrderByDescending(l => l.CreatedAt).ThenBy(l => l.Id).Skip(first).Take(size)
            .Select(l => new PasswordLinkRow(
                l.Id, l.Account!.Domain!.Name, l.Account.Username, l.CreatedAt, l.ExpiresAt,
                l.State == PasswordLinkState.Waiting && l.ExpiresAt <= now ? PasswordLinkState.Expired : l.State, l.EndedAt))
            .ToListAsync(cancellationToken);
        return new(rows, first, size, total);
    }

    public async Task<PasswordLinkPageState?> FindAsync(string id, CancellationToken cancellationToken = default)
    {
        var now = database.Now;
        await using var context = database.Open();
        return await context.PasswordLinks.Where(l => l.Id == id).Select(l => new PasswordLinkPageState(
            l.State == PasswordLinkState.Waiting && l.ExpiresAt <= now ? PasswordLinkState.Expired : l.State, l.EndedAt, l.Language))
                .SingleOrDefaultAsync(cancellationToken);
    }
}
