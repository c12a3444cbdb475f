using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Hosters;
using MailAdmin.Core.PasswordLinks;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Backups;

/// <summary>
/// Prepares a database that was restored from a backup, before the panel uses it: what must not come back ends, and every follower rebuilds
/// its maps.
/// </summary>
public sealed class RestoredDatabase(MailDatabase database)
{
    /// <param name="manifest">The backup.</param>
    /// <param name="findings">Gets what was done.</param>
    /// <param name="actor">Restores it.</param>
    public Task PrepareAsync(BackupManifest manifest, RestoreFindings findings, Actor actor) => database.WriteAsync(actor, async write =>
    {
        var context = write.Context;
        findings.Sessions = await context.AdminSessions.Where(s => s.ExpiresAt > write.Now).ExecuteUpdateAsync(AdminSession.End);
        findings.Links = await context.PasswordLinks.Where(l => l.State == PasswordLinkState.Waiting)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.Sealed, (byte[]?)null)
                .SetProperty(l => l.State, PasswordLinkState.Replaced).SetProperty(l => l.EndedAt, write.Now));
        findings.Tokens = await context.AdminTokens.CountAsync(t => t.ExpiresAt > write.Now);
        // Differences that were found before the backup: a repair of one would do something that nobody wants now.
        await context.DriftRuns.ExecuteDeleteAsync();
        await RenewMapsAsync(context);
        await PutPurgesOffAsync(write, findings);
        write.Record("database.restored", null, $"{manifest.Host} {manifest.CreatedAt:yyyy-MM-dd HH:mm}Z");
    });

    /// <summary>Lets every follower rebuild its maps: a map of another database is rebuilt, whatever its sequence.</summary>
    internal static async Task RenewMapsAsync(MailContext context)
    {
        var id = Guid.NewGuid().ToString("N")[..12];
        await context.ChangeCounters.ExecuteUpdateAsync(set => set.SetProperty(c => c.DatabaseId, id));
        await context.MapFollowers.ExecuteDeleteAsync();
    }

    // An account that was restored after the backup is deleted in it. Nobody may lose a mailbox because of that.
    private static async Task PutPurgesOffAsync(MailWrite write, RestoreFindings findings)
    {
        var days = await write.Context.Hosters.Select(h => (int?)h.UndeleteDays).SingleOrDefaultAsync() ?? Hoster.DefaultUndeleteDays;
        var until = write.Now.AddDays(days);
        foreach (var account in await write.Context.Accounts.Where(a => a.State == AccountState.Deleted && a.PurgeAt < until).ToListAsync())
        {
            account.PurgeAt = until;
            findings.KeptLonger.Add(account.Username.Value);
        }
    }
}
