using MailAdmin.Core.Data;
using MailAdmin.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Admins;

/// <summary>An open session of an admin, for display to them.</summary>
/// <param name="Key">Its key hash, for ending it.</param>
/// <param name="IsNewNetwork">It is from a network that the admin has not confirmed.</param>
public sealed record SessionRow(
    string Key, DateTimeOffset CreatedAt, DateTimeOffset SeenAt, string? RemoteAddress, string? UserAgent, bool IsNewNetwork);

/// <summary>The sessions of an admin: they can list them, end one or all others, and confirm networks as their own.</summary>
public sealed class OwnSessions(MailDatabase database)
{
    /// <summary>Lists the sessions, latest first.</summary>
    /// <param name="idleTime">A session without a page for this long has ended.</param>
    public async Task<IReadOnlyList<SessionRow>> ListAsync(long adminId, TimeSpan idleTime, CancellationToken cancellationToken = default)
    {
        var (now, seenAfter) = (database.Now, database.Now - idleTime);
        await using var context = database.Open();
        return await context.AdminSessions.Where(
            s => s.AdminId == adminId && s.ExpiresAt > now && s.SeenAt > seenAfter && s.SecurityStamp == s.Admin!.SecurityStamp)
            .OrderByDescending(s => s.SeenAt).ThenByDescending(s => s.CreatedAt)
            .Select(s => new SessionRow(
                s.KeyHash, s.CreatedAt, s.SeenAt, s.RemoteAddress, s.UserAgent,
                context.KnownNetworks.Any(n => n.AdminId == s.AdminId && n.Network == s.Network && n.KnownAt == null)))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Ends one of their own sessions; does nothing if it has ended already or is another admin's.</summary>
    public Task EndAsync(string? key, Actor actor, CancellationToken cancellationToken = default) =>
        EndAsync(actor, s => s.KeyHash == key, cancellationToken);

    /// <summary>Ends all of their sessions except this one.</summary>
    public Task EndOthersAsync(string session, Actor actor, CancellationToken cancellationToken = default) =>
        EndAsync(actor, s => s.KeyHash != session, cancellationToken);

    /// <summary>
    /// Confirms all networks as the admin's, except the one that this session itself came from: an intruder's first session cannot vouch
    /// for itself.
    /// </summary>
    public Task ConfirmNetworksAsync(string session, Actor actor, CancellationToken cancellationToken = default) =>
        database.WriteAsync<Result>(actor, async write =>
    {
        var here = await write.Context.AdminSessions.Where(s => s.KeyHash == session && s.AdminId == actor.AdminId).Select(s => s.Network)
            .SingleAsync(cancellationToken);
        var networks = await write.Context.KnownNetworks.Where(n => n.AdminId == actor.AdminId && n.KnownAt == null && n.Network != here)
            .ToListAsync(cancellationToken);
        foreach (var network in networks) network.KnownAt = write.Now;
        if (networks.Count > 0) write.Record("admin.networks-confirmed", null, actor.Name, after: new { Networks = networks.Count });
        return Result.Done;
    }, cancellationToken);

    private Task<Result> EndAsync(
        Actor actor, System.Linq.Expressions.Expression<Func<AdminSession, bool>> which, CancellationToken cancellationToken) =>
        database.WriteAsync<Result>(actor, async write =>
    {
        var open = write.Context.AdminSessions.Where(s => s.AdminId == actor.AdminId && s.ExpiresAt > write.Now).Where(which);
        var ended = await open.Select(s => s.RemoteAddress).ToListAsync(cancellationToken);
        if (ended.Count == 0) return Result.Done;
        await open.ExecuteUpdateAsync(AdminSession.End, cancellationToken);
        write.Record("admin.sessions-ended", null, actor.Name, before: new { From = ended });
        return Result.Done;
    }, cancellationToken);
}
