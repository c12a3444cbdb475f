using System.Collections.Concurrent;
using System.Data.Common;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Sending;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Data;

/// <summary>
/// Asked for each message that a signed-in user sends, so with prepared SQL for the reasons of <see cref="LoginDirectory"/>. It reads the rows that Postfix'
/// own map is written from: header and envelope follow one rule.
/// </summary>
internal sealed class SenderRights(MailDatabase database) : ISenderRights, IDisposable
{
    // Map 5 is senders; its keys have no tags and are in lower case, and its values are logins with commas between.
    private const string Logins = """SELECT "Value" FROM "MapEntries" WHERE "Map" = 5 AND "Key" = @address""";
    private const string AllowsAny = """SELECT "AllowsAnyFrom" FROM "Hosters" """;

    private readonly ConcurrentBag<Lookup> _idle = [];

    public bool ChecksFrom() => Ask(lookup => lookup.AllowsAny.ExecuteScalar() is null or DBNull or 0L);

    public bool MaySendAs(string login, AddrSpec address) => Ask(lookup =>
    {
        lookup.Logins.Parameters["@address"].Value = $"{AsciiCase.Fold(address.Untagged)}@{address.Domain.Value}";
        return lookup.Logins.ExecuteScalar() is string logins && logins.Split(',').Contains(login, StringComparer.OrdinalIgnoreCase);
    });

    public void Dispose()
    {
        while (_idle.TryTake(out var lookup)) lookup.Dispose();
    }

    private bool Ask(Func<Lookup, bool> question)
    {
        if (!_idle.TryTake(out var lookup)) lookup = new Lookup(database.Open());
        try
        {
            var answer = question(lookup);
            _idle.Add(lookup);
            return answer;
        }
        catch
        {
            lookup.Dispose();
            throw;
        }
    }

    private sealed class Lookup : IDisposable
    {
        private readonly MailContext _context;

        public Lookup(MailContext context)
        {
            _context = context;
            context.Database.OpenConnection();
            Logins = Prepare(SenderRights.Logins, "@address");
            AllowsAny = Prepare(SenderRights.AllowsAny);
        }

        public DbCommand Logins { get; }

        public DbCommand AllowsAny { get; }

        public void Dispose()
        {
            Logins.Dispose();
            AllowsAny.Dispose();
            _context.Dispose();
        }

        private DbCommand Prepare(string sql, string? name = null)
        {
            var command = _context.Database.GetDbConnection().CreateCommand();
            command.CommandText = sql;
            if (name is not null)
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
