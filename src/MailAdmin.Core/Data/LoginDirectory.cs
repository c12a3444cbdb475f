using System.Data.Common;
using MailAdmin.Core.Accounts;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Data;

/// <summary>
/// Looks accounts up for mail logins. It uses prepared SQL instead of EF Core, because every mail client's login ends up here every few
/// minutes, and the statement alone is a third faster.
/// </summary>
public sealed class LoginDirectory(MailDatabase database) : IDisposable
{
    private const string Columns = """
        SELECT a."Id", a."Username", a."PasswordHash", a."Services", a."State" = 0 AND d."State" = 0, a."MailboxReady"
        FROM "Accounts" a JOIN "Domains" d ON d."Id" = a."DomainId"
        """;

    private readonly PreparedLookups<LoginRecord> _lookups = new(database, Columns, reader => new(
        reader.GetInt64(0), reader.GetString(1), reader.GetString(2), (MailProtocols)reader.GetInt32(3), reader.GetBoolean(4))
    { HasMailbox = reader.GetBoolean(5) });

    /// <summary>The account with this username or address, both in lower case; null if there is none.</summary>
    /// <exception cref="DbException">The database cannot be queried.</exception>
    public LoginRecord? Find(string name) => _lookups.Find(name);

    /// <summary>Writes last logins in one transaction; an older one never replaces a newer one.</summary>
    public Task SaveLastLoginsAsync(
        IEnumerable<(long AccountId, MailProtocols Service, DateTimeOffset At)> logins, CancellationToken cancellationToken) =>
        database.ExecuteWithoutAuditAsync(async context =>
        {
            foreach (var (id, service, at) in logins)
            {
                await context.Accounts.Where(a => a.Id == id && (a.LastLoginAt == null || a.LastLoginAt < at))
                    .ExecuteUpdateAsync(
                        set => set.SetProperty(a => a.LastLoginAt, at).SetProperty(a => a.LastLoginService, service), cancellationToken);
            }
            return true;
        }, cancellationToken);

    /// <summary>Replaces hashes by better ones of the same passwords; one that was replaced meanwhile stays.</summary>
    public Task SaveRenewedAsync(
        IEnumerable<(long AccountId, string Before, string After)> hashes, CancellationToken cancellationToken) =>
        database.ExecuteWithoutAuditAsync(async context =>
        {
            foreach (var (id, before, after) in hashes)
            {
                await context.Accounts.Where(a => a.Id == id && a.PasswordHash == before)
                    .ExecuteUpdateAsync(set => set.SetProperty(a => a.PasswordHash, after), cancellationToken);
            }
            return true;
        }, cancellationToken);

    /// <summary>
    /// Writes attempts to log in with an address where only the username is accepted. One per account and minute is kept, because a mail
    /// program tries again and again.
    /// </summary>
    public Task SaveTriedAsync(
        IEnumerable<(long AccountId, MailProtocols Service, DateTimeOffset At, string Address)> tries,
        CancellationToken cancellationToken) =>
        database.ExecuteWithoutAuditAsync(async context =>
        {
            foreach (var (id, service, at, address) in tries)
            {
                var before = at.AddMinutes(-1);
                await context.Accounts.Where(a => a.Id == id && (a.TriedAddressAt == null || a.TriedAddressAt < before)).ExecuteUpdateAsync(
                    set => set.SetProperty(a => a.TriedAddressAt, at).SetProperty(a => a.TriedAddressService, service)
                        .SetProperty(a => a.TriedAddress, address), cancellationToken);
            }
            return true;
        }, cancellationToken);

    public void Dispose() => _lookups.Dispose();
}
