using System.Data.Common;
using MailAdmin.Core.Sending;

namespace MailAdmin.Core.Data;

/// <summary>Looks accounts up for each message that a signed-in user sends; with prepared SQL for the reasons of <see cref="LoginDirectory"/>.</summary>
public sealed class SenderDirectory(MailDatabase database) : IDisposable
{
    // State 0 is active, service 8 is sending.
    private const string Columns = """
        SELECT a."Id", a."Username", a."PasswordHash", a."PasswordChangedAt", a."State" = 0 AND d."State" = 0 AND (a."Services" & 8) <> 0
        FROM "Accounts" a JOIN "Domains" d ON d."Id" = a."DomainId"
        """;

    private readonly PreparedLookups<SenderRecord> _lookups = new(database, Columns, reader => new(
        reader.GetInt64(0), reader.GetString(1), reader.GetString(2), new(reader.GetInt64(3), TimeSpan.Zero), reader.GetBoolean(4)));

    /// <summary>The account of a username or of an address, both in lower case; null when there is none.</summary>
    /// <exception cref="DbException">The database can't be asked.</exception>
    public SenderRecord? Find(string name) => _lookups.Find(name);

    public void Dispose() => _lookups.Dispose();
}
