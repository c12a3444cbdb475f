using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Admins;

/// <summary>A row of the list of admins.</summary>
/// <param name="FirstDomain">One of the admin's domains, or null.</param>
/// <param name="SeenAt">When they last opened a page, to the minute; null if they never signed in.</param>
public sealed record AdminRow(
    long Id, string Name, AdminRole Role, bool SeesAllDomains, DomainName? FirstDomain, int DomainCount, DateTimeOffset? SeenAt,
    bool IsActive);

/// <summary>An admin with all domains and rights.</summary>
/// <param name="Sessions">Number of open sessions.</param>
/// <param name="Stamp">To be sent back with a change, so that concurrent changes are noticed.</param>
public sealed record AdminDetails(
    long Id, string Name, AdminRole Role, bool SeesAllDomains, IReadOnlyList<DomainName> Domains, bool IsActive,
    DateTimeOffset CreatedAt, DateTimeOffset? SeenAt, int Sessions, string Stamp)
{
    public bool HasSecondFactor { get; init; }
}

/// <summary>Reads admins, for superusers.</summary>
public sealed class AdminRepository(MailDatabase database)
{
    /// <param name="search">A part of the name, or the complete name of a domain; null or empty finds all.</param>
    public async Task<Page<AdminRow>> ListAsync(string? search, int first, int size, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        var admins = Matching(context.Users, search);
        var total = await admins.CountAsync(cancellationToken);
        first = Paging.Clamp(first, size, total);
        var rows = await admins.OrderBy(a => a.NormalizedUserName).Skip(first).Take(size)
            .Select(a => new AdminRow(
                a.Id, a.UserName!, a.Role, a.SeesAllDomains, a.Domains.OrderBy(d => d.DomainId).Select(d => d.Domain!.Name)
                    .FirstOrDefault(), a.Domains.Count,
                context.AdminSessions.Where(s => s.AdminId == a.Id).Max(s => (DateTimeOffset?)s.SeenAt), a.IsActive))
            .ToListAsync(cancellationToken);
        return new(rows, first, size, total);
    }

    public async Task<AdminDetails?> FindAsync(long id, CancellationToken cancellationToken = default)
    {
        var now = database.Now;
        await using var context = database.Open();
        var found = await context.Users.Where(a => a.Id == id).Select(a => new
        {
            Admin = a,
            Domains = a.Domains.Select(d => d.Domain!.Name).ToList(),
            SeenAt = context.AdminSessions.Where(s => s.AdminId == a.Id).Max(s => (DateTimeOffset?)s.SeenAt),
            Sessions = context.AdminSessions.Count(s => s.AdminId == a.Id && s.ExpiresAt > now),
        }).SingleOrDefaultAsync(cancellationToken);
        if (found is null) return null;
        var admin = found.Admin;
        return new(
            admin.Id, admin.UserName!, admin.Role, admin.SeesAllDomains, [.. found.Domains.OrderBy(d => d.Value, StringComparer.Ordinal)],
            admin.IsActive,
            admin.CreatedAt, found.SeenAt, found.Sessions, admin.ConcurrencyStamp!)
        { HasSecondFactor = admin.TwoFactorEnabled };
    }

    /// <summary>The number of active admins of each role that have a second factor, and of all.</summary>
    public async Task<IReadOnlyDictionary<AdminRole, (int With, int All)>> CountFactorsAsync(CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        return await context.Users.Where(a => a.IsActive).GroupBy(a => a.Role)
            .Select(g => new { g.Key, With = g.Count(a => a.TwoFactorEnabled), All = g.Count() })
                .ToDictionaryAsync(g => g.Key, g => (g.With, g.All), cancellationToken);
    }

    private static IQueryable<Admin> Matching(IQueryable<Admin> admins, string? search)
    {
        if (string.IsNullOrWhiteSpace(search)) return admins;
        var part = AdminNames.Normalize(search);
        return DomainName.TryParse(search, out var domain)
            ? admins.Where(a => a.NormalizedUserName!.Contains(part) || a.Domains.Any(d => d.Domain!.Name == domain))
            : admins.Where(a => a.NormalizedUserName!.Contains(part));
    }
}
