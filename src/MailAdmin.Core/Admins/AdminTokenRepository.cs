using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Admins;

/// <summary>Whom a token acts as.</summary>
/// <param name="Id">Id of the token.</param>
/// <param name="Name">Name of the token.</param>
/// <param name="UsedAt">When it was accepted before, to the minute; null if never.</param>
public sealed record TokenBearer(long Id, string Name, SignedInAdmin Admin, DateTimeOffset? UsedAt);

/// <summary>Reads the tokens of admins.</summary>
public sealed class AdminTokenRepository(MailDatabase database)
{
    private static readonly Func<MailContext, string, DateTimeOffset, Task<Found?>> ByHash = CompiledQuery.Create(
        (MailContext context, string hash, DateTimeOffset now) =>
        context.AdminTokens.AsNoTracking().Where(t => t.Hash == hash && t.ExpiresAt > now && t.Admin!.IsActive)
            .Select(t => new Found
            {
                Id = t.Id,
                Name = t.Name,
                UsedAt = t.UsedAt,
                Admin = t.Admin!,
                Domains = t.Admin!.Domains.Select(d => d.DomainId).ToList(),
            }).SingleOrDefault());

    /// <summary>Null if the token is unknown, expired or revoked, or if its admin was stopped.</summary>
    public async Task<TokenBearer?> FindAsync(string token)
    {
        if (!BearerToken.IsWellFormed(token)) return null;
        await using var context = database.Open();
        return await ByHash(context, BearerToken.HashOf(token), database.Now) is { } found
            ? new(found.Id, found.Name, SignedInAdmin.Of(found.Admin, found.Domains, database.Now), found.UsedAt) : null;
    }

    /// <summary>Records that a token was accepted now.</summary>
    public Task SaveUseAsync(long id) =>
        database.ExecuteWithoutAuditAsync(context => context.AdminTokens.Where(t => t.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.UsedAt, database.Now)));

    /// <summary>All tokens, those of one admin together.</summary>
    public async Task<IReadOnlyList<AdminTokenRow>> ListAsync(CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        var now = database.Now;
        return await context.AdminTokens.OrderBy(t => t.Admin!.NormalizedUserName).ThenBy(t => t.Name)
            .Select(t => new AdminTokenRow(
                t.Admin!.UserName!, t.Name, t.CreatedAt, t.ExpiresAt, t.UsedAt, t.Admin!.IsActive && t.ExpiresAt > now))
            .ToListAsync(cancellationToken);
    }

    private sealed class Found
    {
        public long Id { get; init; }

        public required string Name { get; init; }

        public DateTimeOffset? UsedAt { get; init; }

        public required Admin Admin { get; init; }

        public required List<long> Domains { get; init; }
    }
}
