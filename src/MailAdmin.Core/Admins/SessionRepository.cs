using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Admins;

/// <summary>The signed-in admin, with what each page needs.</summary>
public sealed record SignedInAdmin(
    long Id, string Name, AdminRole Role, string? Language, int PageSize, int QuotaWarningPercent, IReadOnlySet<long>? Domains,
    DateTimeOffset SeenAt)
{
    /// <summary>Sign-in requires more than the password.</summary>
    public bool HasSecondFactor { get; init; }

    /// <summary>IANA name of the time zone for display; null means the hoster's.</summary>
    public string? TimeZone { get; init; }

    /// <summary>When they last entered their password again in this session, or null.</summary>
    public DateTimeOffset? PasswordAt { get; init; }

    /// <summary>Somebody signed in as them from a network that they have not confirmed, in another session.</summary>
    public bool HasNewNetwork { get; init; }

    /// <param name="domains">Ids of the domains that were given to the admin.</param>
    internal static SignedInAdmin Of(Admin admin, IEnumerable<long> domains, DateTimeOffset seenAt)
    {
        var seesAll = admin.Role == AdminRole.Superuser || admin is { Role: AdminRole.Support, SeesAllDomains: true };
        return new(
            admin.Id, admin.UserName!, admin.Role, admin.Language, admin.PageSize, admin.QuotaWarningPercent,
            seesAll ? null : domains.ToHashSet(), seenAt)
        {
            HasSecondFactor = admin.TwoFactorEnabled,
            TimeZone = admin.TimeZone,
        };
    }
}

/// <summary>
/// The sessions of admins. A session is not found if it ended or expired, or if its admin changed their password or was stopped.
/// </summary>
public sealed class SessionRepository(MailDatabase database)
{
    // Every page runs this query, so it is compiled once.
    private static readonly Func<MailContext, string, DateTimeOffset, Task<OpenSession?>> Open = CompiledQuery.Create(
        (MailContext context, string keyHash, DateTimeOffset now) =>
        context.AdminSessions.AsNoTracking().Where(s => s.KeyHash == keyHash && s.ExpiresAt > now)
            .Where(s => s.Admin!.IsActive && s.Admin.SecurityStamp == s.SecurityStamp)
            .Select(s => new OpenSession
            {
                SeenAt = s.SeenAt,
                PasswordAt = s.PasswordAt,
                Admin = s.Admin!,
                Domains = s.Admin!.Domains.Select(d => d.DomainId).ToList(),
                HasNewNetwork = context.KnownNetworks.Any(n => n.AdminId == s.AdminId && n.KnownAt == null && n.Network != s.Network),
            }).SingleOrDefault());

    public async Task<Admin?> FindAdminAsync(string name, CancellationToken cancellationToken = default)
    {
        var normalized = AdminNames.Normalize(name);
        await using var context = database.Open();
        return await context.Users.SingleOrDefaultAsync(a => a.NormalizedUserName == normalized, cancellationToken);
    }

    /// <summary>Whether an admin of this name has signed in from the address' network before.</summary>
    public async Task<bool> IsKnownFromAsync(string name, string? remoteAddress, CancellationToken cancellationToken = default)
    {
        var (normalized, network) = (AdminNames.Normalize(name), KnownNetwork.NetworkOf(remoteAddress));
        await using var context = database.Open();
        return await context.KnownNetworks.AnyAsync(n => n.Network == network
            && n.Admin!.NormalizedUserName == normalized, cancellationToken);
    }

    public async Task<Admin?> FindAdminAsync(long id, CancellationToken cancellationToken = default)
    {
        await using var context = database.Open();
        return await context.Users.SingleOrDefaultAsync(a => a.Id == id, cancellationToken);
    }

    /// <summary>Opens a session, and deletes expired ones except each admin's latest.</summary>
    public Task OpenAsync(
        AdminSession session, CancellationToken cancellationToken = default) => database.ExecuteWithoutAuditAsync(async context =>
    {
        var now = database.Now;
        var ended = context.AdminSessions.Where(s => s.ExpiresAt <= now);
        await ended.Where(
            s => s.AdminId == session.AdminId || context.AdminSessions.Any(l => l.AdminId == s.AdminId && l.SeenAt > s.SeenAt))
                .ExecuteDeleteAsync(cancellationToken);
        await RecordNetworkAsync(context, session, now);
        return context.AdminSessions.Add(session);
    }, cancellationToken);

    /// <summary>Reads the session, its admin and their domains with one query.</summary>
    public async Task<SignedInAdmin?> FindAsync(string keyHash)
    {
        await using var context = database.Open();
        var found = await Open(context, keyHash, database.Now);
        if (found is null) return null;
        return SignedInAdmin.Of(found.Admin, found.Domains, found.SeenAt) with
        {
            PasswordAt = found.PasswordAt,
            HasNewNetwork = found.HasNewNetwork,
        };
    }

    public Task SeenAsync(string keyHash, CancellationToken cancellationToken = default) =>
        database.ExecuteWithoutAuditAsync(context => context.AdminSessions.Where(s => s.KeyHash == keyHash)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.SeenAt, database.Now), cancellationToken), cancellationToken);

    public Task CloseAsync(string keyHash, CancellationToken cancellationToken = default) =>
        database.ExecuteWithoutAuditAsync(
            context => context.AdminSessions.Where(s => s.KeyHash == keyHash).ExecuteUpdateAsync(AdminSession.End, cancellationToken),
            cancellationToken);

    /// <summary>Records that the admin entered their password again.</summary>
    public Task RecordPasswordEntryAsync(string keyHash, CancellationToken cancellationToken = default) =>
        database.ExecuteWithoutAuditAsync(context => context.AdminSessions.Where(s => s.KeyHash == keyHash)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.PasswordAt, database.Now), cancellationToken), cancellationToken);

    /// <summary>Saves a new hash of the same password, unless another password was set in the meantime.</summary>
    public Task RenewHashAsync(Admin admin, string hash, CancellationToken cancellationToken = default) =>
        database.ExecuteWithoutAuditAsync(context => context.Users.Where(a => a.Id == admin.Id && a.PasswordHash == admin.PasswordHash)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.PasswordHash, hash), cancellationToken), cancellationToken);

    public Task SetLanguageAsync(long adminId, string language, CancellationToken cancellationToken = default) =>
        database.ExecuteWithoutAuditAsync(
            context => context.Users.Where(a => a.Id == adminId)
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.Language, language), cancellationToken), cancellationToken);

    private static async Task RecordNetworkAsync(MailContext context, AdminSession session, DateTimeOffset now)
    {
        var networks = await context.KnownNetworks.Where(n => n.AdminId == session.AdminId).ToListAsync();
        var network = networks.SingleOrDefault(n => n.Network == session.Network);
        if (network is null)
        {
            network = new KnownNetwork { AdminId = session.AdminId, Network = session.Network, KnownAt = networks.Count == 0 ? now : null };
            context.KnownNetworks.Add(network);
        }
        network.SeenAt = now;
    }

    private sealed class OpenSession
    {
        public DateTimeOffset SeenAt { get; init; }

        public DateTimeOffset? PasswordAt { get; init; }

        public required Admin Admin { get; init; }

        public required List<long> Domains { get; init; }

        public bool HasNewNetwork { get; init; }
    }
}
