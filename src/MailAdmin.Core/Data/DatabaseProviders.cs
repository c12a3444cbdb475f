using MailAdmin.Core.Data.Sqlite;

namespace MailAdmin.Core.Data;

/// <summary>The only place that knows which databases there are.</summary>
public static class DatabaseProviders
{
    /// <summary>The provider of the database that the options name. It opens nothing yet.</summary>
    public static IDatabaseProvider Of(DatabaseOptions options) => new SqliteDatabaseProvider(options.File);
}
