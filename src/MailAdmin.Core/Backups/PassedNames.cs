using System.Globalization;
using MailAdmin.Core.Accounts;
using MailAdmin.Core.Admins;
using MailAdmin.Core.Data;
using MailAdmin.Core.Domains;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Backups;

/// <summary>
/// Passes over the names that were given after a backup: mailboxes and rights in others' folders may still have them.
/// </summary>
public sealed class PassedNames(MailDatabase database)
{
    // A longer number was given by hand, and would use up the counter.
    private const int MostDigits = 9;

    public async Task PassAsync(ServerMailboxes? server, LaterAudit? later, RestoreFindings findings, Actor actor)
    {
        var onServer = server is null ? [] : server.ByName.Keys.Concat(server.Holders);
        var used = onServer.Concat(later?.Names ?? []).ToHashSet(StringComparer.Ordinal);
        await database.WriteAsync(actor, async write =>
        {
            foreach (var domain in await write.Context.Domains.AsNoTracking().ToListAsync())
            {
                var last = used.Select(name => NumberOf(name, domain.Prefix)).Max() ?? 0;
                if (last < domain.NextNumber) continue;
                await write.Context.Domains.Where(d => d.Id == domain.Id)
                    .ExecuteUpdateAsync(set => set.SetProperty(d => d.NextNumber, last + 1));
                findings.Passed.Add(new(domain.Name.Display, domain.NextNumber, last));
            }
            foreach (var name in later?.Names ?? []) await RetireAsync(write, name, server, findings);
        });
    }

    /// <summary>The number in a name of the scheme of <see cref="Username.Numbered"/>; null if it is another name.</summary>
    public static long? NumberOf(string name, Prefix prefix) =>
        name.StartsWith(prefix.Value, StringComparison.Ordinal) && name.Length - prefix.Value.Length <= MostDigits
            && long.TryParse(name.AsSpan(prefix.Value.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && Username.Numbered(prefix, number).Value == name ? number : null;

    // A mailbox that exists keeps its name from others by itself, and may get its account again.
    private static async Task RetireAsync(MailWrite write, string name, ServerMailboxes? server, RestoreFindings findings)
    {
        if (server?.ByName.ContainsKey(name) == true || !Username.TryParse(name, out var username)) return;
        if (await write.Context.Accounts.AnyAsync(a => a.Username == username)) return;
        if (await write.Context.RetiredUsernames.AnyAsync(r => r.Username == username)) return;
        var store = await write.Context.Stores.OrderBy(s => s.Id).Select(s => s.Id).FirstAsync();
        write.Context.RetiredUsernames.Add(new() { Username = username, StoreId = store, RetiredAt = write.Now });
        findings.Retired.Add(name);
    }
}
