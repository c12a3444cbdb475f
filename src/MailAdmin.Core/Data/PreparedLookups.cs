using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Data;

/// <summary>
/// Finds an account by a name that users sign in with: its username, or one of its addresses under any name of its domain. Each concurrent
/// caller uses its own connection with prepared statements; idle connections are kept.
/// </summary>
/// <param name="columns">SELECT … FROM … of the accounts as <c>a</c>, without a WHERE clause.</param>
/// <param name="read">Creates a value from a row.</param>
internal sealed class PreparedLookups<T>(MailDatabase database, string columns, Func<DbDataReader, T> read) : IDisposable where T : class
{
    private const string ByUsername = """ WHERE a."Username" = @name""";

    private const string ByAddress = """
         JOIN "Addresses" m ON m."AccountId" = a."Id"
        WHERE m."LocalPart" = @part AND m."DomainId" = COALESCE(
            (SELECT "Id" FROM "Domains" WHERE "Name" = @name), (SELECT "DomainId" FROM "DomainAliases" WHERE "Name" = @name))
        """;

    private readonly ConcurrentBag<Lookup> _idle = [];

    /// <param name="hour">The value of <c>@hour</c>, if the columns use it.</param>
    /// <exception cref="DbException">The database cannot be queried.</exception>
    public T? Find(string name, long? hour = null)
    {
        if (!_idle.TryTake(out var lookup)) lookup = new Lookup(database.Open(), columns);
        try
        {
            var found = lookup.Find(name, hour, read);
            _idle.Add(lookup);
            return found;
        }
        catch
        {
            lookup.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var lookup)) lookup.Dispose();
    }

    private sealed class Lookup : IDisposable
    {
        private readonly MailContext _context;
        private readonly DbCommand _byUsername;
        private readonly DbCommand _byAddress;

        public Lookup(MailContext context, string columns)
        {
            _context = context;
            context.Database.OpenConnection();
            _byUsername = Prepare(columns + ByUsername, "@name");
            _byAddress = Prepare(columns + ByAddress, "@name", "@part");
        }

        public T? Find(string name, long? hour, Func<DbDataReader, T> read)
        {
            var at = name.LastIndexOf('@');
            var command = at < 0 ? _byUsername : _byAddress;
            command.Parameters["@name"].Value = name[(at + 1)..];
            if (at >= 0) command.Parameters["@part"].Value = name[..at];
            if (command.Parameters.Contains("@hour"))
                command.Parameters["@hour"].Value = hour ?? throw new ArgumentNullException(nameof(hour));
            using var reader = command.ExecuteReader();
            return reader.Read() ? read(reader) : null;
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
            if (sql.Contains("@hour", StringComparison.Ordinal))
            {
                var hour = command.CreateParameter();
                (hour.ParameterName, hour.DbType, hour.Value) = ("@hour", System.Data.DbType.Int64, 0L);
                command.Parameters.Add(hour);
            }
            command.Prepare();
            return command;
        }
    }
}
