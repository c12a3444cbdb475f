using System.Data.Common;
using MailAdmin.Core.Sending;

namespace MailAdmin.Core.Data;

/// <summary>
/// Looks accounts up for each message that a signed-in user sends, and stores the counts of what they sent. It uses prepared SQL for the
/// reasons given in <see cref="LoginDirectory"/>.
/// </summary>
public sealed class SenderDirectory(MailDatabase database) : IDisposable
{
    // State 0 is active, service 8 is sending; scopes as in SendingScope.
    private const string Columns = """
        SELECT a."Id", a."Username", a."PasswordHash", a."PasswordChangedAt", a."State" = 0 AND d."State" = 0 AND (a."Services" & 8) <> 0,
            COALESCE(la."MessagesPerHour", ld."MessagesPerHour", lh."MessagesPerHour"), COALESCE(la."RecipientsPerHour", ld."RecipientsPerHour", lh."RecipientsPerHour"),
            COALESCE(la."MessagesPerDay", ld."MessagesPerDay", lh."MessagesPerDay"), COALESCE(la."RecipientsPerDay", ld."RecipientsPerDay", lh."RecipientsPerDay"),
            COALESCE((SELECT "Messages" FROM "SendingCounts" WHERE "AccountId" = a."Id" AND "Hour" = @hour), 0),
            COALESCE((SELECT "Recipients" FROM "SendingCounts" WHERE "AccountId" = a."Id" AND "Hour" = @hour), 0),
            COALESCE((SELECT SUM("Messages") FROM "SendingCounts" WHERE "AccountId" = a."Id" AND "Hour" > @hour - 24), 0),
            COALESCE((SELECT SUM("Recipients") FROM "SendingCounts" WHERE "AccountId" = a."Id" AND "Hour" > @hour - 24), 0)
        FROM "Accounts" a JOIN "Domains" d ON d."Id" = a."DomainId"
        LEFT JOIN "SendingLimits" la ON la."Scope" = 2 AND la."SubjectId" = a."Id"
        LEFT JOIN "SendingLimits" ld ON ld."Scope" = 1 AND ld."SubjectId" = d."Id"
        LEFT JOIN "SendingLimits" lh ON lh."Scope" = 0 AND lh."SubjectId" = 0
        """;

    private readonly PreparedLookups<SenderRecord> _lookups = new(database, Columns, Read);

    /// <summary>The account with this username or address, both in lower case; null if there is none.</summary>
    /// <param name="hour">The current hour (<see cref="SendingHour"/>).</param>
    /// <exception cref="DbException">The database cannot be queried.</exception>
    public SenderRecord? Find(string name, long hour) => _lookups.Find(name, hour);

    /// <summary>Adds to the stored counts, in one transaction.</summary>
    public Task AddAsync(IReadOnlyCollection<SendingCount> sent, CancellationToken cancellationToken) =>
        database.ExecuteWithoutAuditAsync(async context =>
    {
        foreach (var count in sent)
        {
            await context.RunAsync($"""
                INSERT INTO "SendingCounts" ("AccountId", "Hour", "Messages", "Recipients") VALUES ({count.AccountId}, {count.Hour}, {count.Messages}, {count.Recipients})
                ON CONFLICT ("AccountId", "Hour") DO UPDATE SET "Messages" = "SendingCounts"."Messages" + excluded."Messages",
                "Recipients" = "SendingCounts"."Recipients" + excluded."Recipients"
                """, cancellationToken);
        }
        return true;
    }, cancellationToken);

    /// <summary>Deletes counts that no longer matter.</summary>
    public Task ForgetAsync(long hour, CancellationToken cancellationToken) => database.ExecuteWithoutAuditAsync(async context =>
    {
        var ticks = SendingHour.StartOf(hour).UtcTicks;
        await context.RunAsync($"""DELETE FROM "SendingCounts" WHERE "Hour" <= {hour - SendingHour.Day}""", cancellationToken);
        await context.RunAsync($"""DELETE FROM "SendingStops" WHERE "Until" < {ticks}""", cancellationToken);
        await context.RunAsync($"""
            DELETE FROM "SendingLimits" WHERE ("Scope" = 2 AND "SubjectId" NOT IN (SELECT "Id" FROM "Accounts"))
            OR ("Scope" = 1 AND "SubjectId" NOT IN (SELECT "Id" FROM "Domains"))
            """, cancellationToken);
        return true;
    }, cancellationToken);

    public void Dispose() => _lookups.Dispose();

    private static SenderRecord Read(DbDataReader row) =>
        new(row.GetInt64(0), row.GetString(1), row.GetString(2), new(row.GetInt64(3), TimeSpan.Zero), row.GetBoolean(4))
        {
            Limits = new SendingLimits(Number(row, 5), Number(row, 6), Number(row, 7), Number(row, 8)).Over(SendingLimits.Default),
            Sent = new(row.GetInt64(9), row.GetInt64(10), row.GetInt64(11), row.GetInt64(12)),
        };

    private static int? Number(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt32(column);
}
