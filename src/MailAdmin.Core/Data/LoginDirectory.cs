using System.Collections.Concurrent;
using System.Data.Common;
using MailAdmin.Core.Accounts;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Data;

/// <summary>
/// Looks accounts up for mail logins. The one place with prepared SQL instead of EF Core: every mail client asks through here, every few
/// minutes, and the statement alone is a third faster.
/// </summary>
public sealed class LoginDirectory(MailDatabase database) : IDisposable
{
    private const string Columns = """
        SELECT a."Id", a."Username", a."PasswordHash", a."Services", a."State" = 0 AND d."State" = 0
        FROM "Accounts" a JOIN "Domains" d ON d."Id" = a."DomainId"
        """;

    private const string ByUsername = Columns + """ WHERE a."Username" = @name""";

    private const string ByAddress = Columns + """
         JOIN "Addresses" m ON m."AccountId" = a."Id"
        WHERE m."LocalPart" = @part AND m."DomainId" = COALESCE(
            (SELECT "Id" FROM "Domains" WHERE "Name" = @name), (SELECT "DomainId" FROM "DomainAliases" WHERE "Name" = @name))
        """;

    private readonly ConcurrentBag<Lookup> _idle = [];

    /// <summary>The account of a username or of an address, both in lower case; null when there is none.</summary>
    /// <exception cref="DbException">The database can't be asked.</exception>
    public LoginRecord? Find(string name)
    {
        if (!_idle.TryTake(out var lookup)) lookup = new Lookup(database.Open());
        try
        {
            var found = lookup.Find(name);
            _idle.Add(lookup);
            return found;
        }
        catch
        {
            lookup.Dispose();
            throw;
        }
    }

    /// <summary>Writes sign-ins in one transaction; an older one never replaces a newer one.</summary>
    public Task NoteAsync(IEnumerable<(long AccountId, MailServices Service, DateTimeOffset At)> logins, CancellationToken cancellationToken) =>
        database.NoteAsync(async context =>
        {
            foreach (var (id, service, at) in logins)
            {
                await context.Accounts.Where(a => a.Id == id && (a.LastLoginAt == null || a.LastLoginAt < at))
                    .ExecuteUpdateAsync(set => set.SetProperty(a => a.LastLoginAt, at).SetProperty(a => a.LastLoginService, service), cancellationToken);
            }
            return true;
        }, cancellationToken);

    public void Dispose()
    {
        while (_idle.TryTake(out var lookup)) lookup.Dispose();
    }

    private sealed class Lookup : IDisposable
    {
        private readonly MailContext _context;
        private readonly DbCommand _byUsername;
        private readonly DbCommand _byAddress;

        public Lookup(MailContext context)
        {
            _context = context;
            context.Database.OpenConnection();
            _byUsername = Prepare(ByUsername, "@name");
            _byAddress = Prepare(ByAddress, "@name", "@part");
        }

        public LoginRecord? Find(string name)
        {
            var at = name.LastIndexOf('@');
            var command = at < 0 ? _byUsername : _byAddress;
            command.Parameters["@name"].Value = name[(at + 1)..];
            if (at >= 0) command.Parameters["@part"].Value = name[..at];
            using var reader = command.ExecuteReader();
            if (!reader.Read()) return null;
            return new(reader.GetInt64(0), reader.GetString(1), reader.GetString(2), (MailServices)reader.GetInt32(3), reader.GetBoolean(4));
        }

        public void Dispose()
        {
            _byUsername.Dispose();
            _byAddress.Dispose();
            _context.Dispose();
        }

        private DbCommand Prepare(string sql, params string[] names)
        {
            var command = _context.Database.GetDbConnection().CreateCommand();
            command.CommandText = sql;
            foreach (var name in names)
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.DbType, parameter.Value) = (name, System.Data.DbType.String, "");
                command.Parameters.Add(parameter);
            }
            command.Prepare();
            return command;
        }
    }
}
