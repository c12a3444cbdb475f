using MailAdmin.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Admins;

/// <summary>The failed attempts before a sign-in.</summary>
/// <param name="Elsewhere">Some came from another network than the one that signs in now.</param>
/// <param name="RemoteAddress">Address of the latest attempt.</param>
public sealed record FailuresBefore(int Passwords, int Codes, bool Elsewhere, string? RemoteAddress, DateTimeOffset Last);

/// <summary>
/// Counts wrong passwords and codes of admins per network. It records one audit event per quarter of an hour rather than per attempt, and
/// reports them to the admin at the next sign-in. Unknown names are not recorded, because they may be passwords in the wrong field.
/// </summary>
public sealed class SignInFailures(MailDatabase database)
{
    /// <summary>Maximum number of networks per admin that are counted separately.</summary>
    public const int MaxNetworks = 50;

    /// <summary>After this many wrong codes, no more are checked until the admin signs in otherwise or a day has passed.</summary>
    public const int MaxCodes = 20;

    public static readonly TimeSpan CodesStop = TimeSpan.FromDays(1);

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    public Task PasswordWrongAsync(Admin admin, string? remoteAddress) => PasswordWrongAsync(admin.Id, remoteAddress);

    /// <summary>Counts a wrong password at sign-in, or where an open session asks for it again.</summary>
    public Task PasswordWrongAsync(long adminId, string? remoteAddress) =>
        SaveAsync(adminId, remoteAddress, failure => failure.Passwords++);

    public Task CodeWrongAsync(Admin admin, string? remoteAddress) => SaveAsync(admin.Id, remoteAddress, failure =>
    {
        failure.Codes++;
        failure.LastCode = failure.Last;
    });

    /// <summary>
    /// Until when codes of an app are not checked; null if they are. Recovery codes and passkeys cannot be guessed, so they are always
    /// checked.
    /// </summary>
    public async Task<DateTimeOffset?> CodesStoppedUntilAsync(long adminId)
    {
        await using var context = database.Open();
        var failures = await context.AdminFailures.Where(f => f.AdminId == adminId && f.Codes > 0).ToListAsync();
        var until = failures.Sum(f => f.Codes) >= MaxCodes ? failures.Max(f => f.LastCode) + CodesStop : null;
        return until > database.Now ? until : null;
    }

    /// <summary>Returns and clears the failed attempts since the last sign-in; null if there were none.</summary>
    public async Task<FailuresBefore?> TakeAsync(Admin admin, string? remoteAddress)
    {
        await using var context = database.Open();
        var failures = await context.AdminFailures.Where(f => f.AdminId == admin.Id).ToListAsync();
        if (failures.Count == 0) return null;
        await database.WriteAsync(Actor.Panel, async write =>
        {
            var rows = await write.Context.AdminFailures.Where(f => f.AdminId == admin.Id).ToListAsync();
            foreach (var row in rows) Record(write, row, admin.UserName!);
            write.Context.AdminFailures.RemoveRange(rows);
        });
        var latest = failures.MaxBy(f => f.Last)!;
        var here = KnownNetwork.NetworkOf(remoteAddress);
        return new(
            failures.Sum(f => f.Passwords), failures.Sum(f => f.Codes), failures.Any(f => f.Network != here), latest.RemoteAddress,
            latest.Last);
    }

    /// <summary>Records the failures that began at least a quarter of an hour ago.</summary>
    public async Task RecordAsync(CancellationToken cancellationToken)
    {
        var before = database.Now - Window;
        await using var context = database.Open();
        if (!await Due(context, before).AnyAsync(cancellationToken)) return;
        await database.WriteAsync(Actor.Panel, async write =>
        {
            foreach (var row in await Due(write.Context, before).Include(f => f.Admin).ToListAsync(cancellationToken))
                Record(write, row, row.Admin!.UserName!);
        }, cancellationToken);
    }

    private static IQueryable<AdminFailure> Due(MailContext context, DateTimeOffset before) =>
        context.AdminFailures.Where(f => f.Passwords + f.Codes > f.Recorded && f.Since <= before);

    private static void Record(MailWrite write, AdminFailure row, string name)
    {
        if (row.Passwords + row.Codes == row.Recorded) return;
        write.Record("admin.sign-in-refused", null, name, after: new { row.RemoteAddress, row.Passwords, row.Codes, row.Since, row.Last });
        row.Recorded = row.Passwords + row.Codes;
    }

    private Task<int> SaveAsync(long adminId, string? remoteAddress, Action<AdminFailure> count) =>
        database.ExecuteWithoutAuditAsync(async context =>
    {
        var network = KnownNetwork.NetworkOf(remoteAddress);
        var rows = await context.AdminFailures.Where(f => f.AdminId == adminId).ToListAsync();
        var row = rows.SingleOrDefault(f => f.Network == network);
        if (row is null && rows.Count >= MaxNetworks) row = rows.SingleOrDefault(f => f.Network == (network = AdminFailure.Elsewhere));
        if (row is null) context.AdminFailures.Add(row = new() { AdminId = adminId, Network = network, Since = database.Now });
        if (row.Recorded == row.Passwords + row.Codes) row.Since = database.Now;
        (row.RemoteAddress, row.Last) = (remoteAddress, database.Now);
        count(row);
        return row.Passwords + row.Codes;
    });
}
