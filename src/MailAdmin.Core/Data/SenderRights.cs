using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using MailAdmin.Core.Addresses;
using MailAdmin.Core.Domains;
using MailAdmin.Core.Sending;
using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Data;

/// <summary>
/// Called for each message that a signed-in user sends, so it uses prepared SQL for the reasons given in <see cref="LoginDirectory"/>. It
/// reads the rows that Postfix' own maps are written from, so that header and envelope follow one rule.
/// </summary>
internal sealed class SenderRights(MailDatabase database) : ISenderRights, IDisposable
{
    // Maps: 0 is domains, 1 virtual, 4 relay_domains, 5 senders. Their keys have no tags and are in lower case; a removed row has no value.
    private const string Logins = """SELECT "Value" FROM "MapEntries" WHERE "Map" = 5 AND "Key" = @it""";
    private const string Destinations = """SELECT "Value" FROM "MapEntries" WHERE "Map" = 1 AND "Key" = @it""";
    private const string Hosted = """SELECT COUNT(*) FROM "MapEntries" WHERE "Map" IN (0, 4) AND "Key" = @it AND "Value" IS NOT NULL""";
    private const string AllowsAnyFrom = """SELECT "AllowsAnyFrom" FROM "Hosters" WHERE "Id" = @it""";
    private const string AllowsOutside =
        """SELECT d."AllowsExternalDestinations" FROM "Accounts" a JOIN "Domains" d ON d."Id" = a."DomainId" WHERE a."Username" = @it""";

    private const string Mailbox = """
        SELECT a."Username" || '@' || s."Name" FROM "Accounts" a JOIN "Domains" d ON d."Id" = a."DomainId" JOIN "Stores" s ON s."Id" = d."StoreId" WHERE a."Username" = @it
        """;

    // The most rows that are read for one address.
    private const int MaxSteps = 100;

    private readonly ConcurrentBag<Lookups> _idle = [];

    public bool ChecksFrom() => Ask(lookups => lookups.Flag(AllowsAnyFrom, Hosters.Hoster.OnlyId) is not true);

    public bool MaySendAs(string login, AddrSpec address) => Ask(lookups => MaySendAs(lookups, login, address));

    public bool MayAnswerAs(string username, AddrSpec address) => Ask(lookups =>
        MaySendAs(lookups, username, address)
            || (lookups.Scalar(Mailbox, username) is string mailbox && LeadsTo(lookups, mailbox, KeyOf(address))));

    public bool MayRedirectTo(string username, DomainName? domain) => Ask(lookups =>
        lookups.Flag(AllowsOutside, username) is not false || (domain is not null && lookups.Scalar(Hosted, domain.Value) is not 0L));

    public void Dispose()
    {
        while (_idle.TryTake(out var lookups)) lookups.Dispose();
    }

    private static bool MaySendAs(Lookups lookups, string login, AddrSpec address) =>
        Names(lookups.Scalar(Logins, KeyOf(address))).Contains(login, StringComparer.OrdinalIgnoreCase);

    // An alias may lead to addresses, which are rows of their own.
    private static bool LeadsTo(Lookups lookups, string mailbox, string address)
    {
        var (waiting, seen) = (new Queue<string>([address]), new HashSet<string>(StringComparer.OrdinalIgnoreCase));
        while (waiting.TryDequeue(out var key) && seen.Count < MaxSteps)
        {
            if (key.Equals(mailbox, StringComparison.OrdinalIgnoreCase)) return true;
            if (!seen.Add(key)) continue;
            foreach (var name in Names(lookups.Scalar(Destinations, key))) waiting.Enqueue(name);
        }
        return false;
    }

    private static string KeyOf(AddrSpec address) => $"{AsciiCase.Fold(address.Untagged)}@{address.Domain.Value}";

    private static string[] Names(object? value) => value is string names ? names.Split(',') : [];

    private bool Ask(Func<Lookups, bool> question)
    {
        if (!_idle.TryTake(out var lookups)) lookups = new Lookups(database.Open());
        try
        {
            var answer = question(lookups);
            _idle.Add(lookups);
            return answer;
        }
        catch
        {
            lookups.Dispose();
            throw;
        }
    }

    /// <summary>A connection with its statements, for one caller at a time.</summary>
    private sealed class Lookups(MailContext context) : IDisposable
    {
        private readonly Dictionary<string, DbCommand> _commands = new(StringComparer.Ordinal);

        public object? Scalar(string sql, object value)
        {
            if (!_commands.TryGetValue(sql, out var command)) _commands[sql] = command = Prepare(sql, value);
            command.Parameters["@it"].Value = value;
            return command.ExecuteScalar();
        }

        /// <summary>A column of true or false, which not every database has as a type of its own; null if there is no row.</summary>
        public bool? Flag(string sql, object value) =>
            Scalar(sql, value) is { } flag ? Convert.ToBoolean(flag, CultureInfo.InvariantCulture) : null;

        public void Dispose()
        {
            foreach (var command in _commands.Values) command.Dispose();
            context.Dispose();
        }

        private DbCommand Prepare(string sql, object value)
        {
            context.Database.OpenConnection();
            var command = context.Database.GetDbConnection().CreateCommand();
            command.CommandText = sql;
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("@it", value);
            command.Parameters.Add(parameter);
            command.Prepare();
            return command;
        }
    }
}
