using Microsoft.EntityFrameworkCore;

namespace MailAdmin.Core.Data.Sqlite;

/// <summary>
/// The part of the search that EF Core cannot describe: the trigram index over <c>SearchEntries</c>, and the triggers that keep those rows
/// equal to their source tables (docs/decisions/0007). <see cref="DatabasePreparation"/> runs the statements if it finds another
/// <see cref="Version"/> or fewer triggers at start, so migrations need not mention them.
/// </summary>
internal static class SqliteSearchSchema
{
    /// <summary>Raise it with each change below: the next start then recreates everything.</summary>
    public const int Version = 3;

    // Table: its number is part of its entries' ids. Columns: a change of these updates the entry. Kind: its number and its name; values:
    // domain, subject, text.
    private static readonly Source[] Sources =
    [
        new(0, "Domains", "\"Name\"", "0", "'Domain'", """r."Id", r."Id", r."Name" """),
        new(1, "DomainAliases", "\"Name\", \"DomainId\"", "0", "'Domain'", """r."DomainId", r."DomainId", r."Name" """),
        new(2, "Accounts", "\"Username\", \"DomainId\"", "1", "'Account'", """r."DomainId", r."Id", r."Username" """),
        new(3, "Addresses", "\"LocalPart\", \"AccountId\", \"DomainId\"", """(CASE WHEN r."AccountId" IS NULL THEN 2 ELSE 1 END)""",
            """CASE WHEN r."AccountId" IS NULL THEN 'Alias' ELSE 'Account' END""",
            """r."DomainId", coalesce(r."AccountId", r."Id"), r."LocalPart" """),
        new(4, "Destinations", "\"External\", \"AccountId\", \"LocalAddressId\", \"AliasId\", \"RedirectId\"",
            """(CASE WHEN r."AliasId" IS NULL THEN 4 ELSE 3 END)""",
            """CASE WHEN r."AliasId" IS NULL THEN 'Redirect' ELSE 'Destination' END""",
            $"{DestinationDomain}, coalesce(r.\"AliasId\", r.\"RedirectId\"), {DestinationText} "),
    ];

    private const string DestinationDomain = """
        coalesce((SELECT "DomainId" FROM "Addresses" WHERE "Id" = r."AliasId"), (SELECT "DomainId" FROM "Accounts" WHERE "Id" = r."RedirectId"))
        """;

    private const string DestinationText = """
        coalesce(lower(r."External"), (SELECT "Username" FROM "Accounts" WHERE "Id" = r."AccountId"),
        (SELECT a."LocalPart" || '@' || d."Name" FROM "Addresses" AS a JOIN "Domains" AS d ON d."Id" = a."DomainId" WHERE a."Id" = r."LocalAddressId"))
        """;

    // The text of a local destination has its domain's name: a renamed domain runs the triggers of those destinations.
    private const string RenamedDomain = """
        UPDATE "Destinations" SET "LocalAddressId" = "LocalAddressId"
        WHERE "LocalAddressId" IN (SELECT "Id" FROM "Addresses" WHERE "DomainId" = new."Id")
        """;

    // Three for each table, two for SearchEntries, and the one for renamed domains.
    private static int TriggerCount => (Sources.Length * 3) + 3;

    /// <summary>Whether all of it exists in this version's form.</summary>
    public static async Task<bool> IsCurrentAsync(MailContext context, CancellationToken cancellationToken)
    {
        await context.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            // Runs at each start. It is plain SQL because the first EF Core query of a process takes tens of milliseconds.
            await using var command = context.Database.GetDbConnection().CreateCommand();
            command.CommandText = """
                SELECT (SELECT max("SearchSchema") FROM "ChangeCounters") || ' '
                    || (SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'Search\_%' ESCAPE '\')
                """;
            return await command.ExecuteScalarAsync(cancellationToken) as string == $"{Version} {TriggerCount}";
        }
        finally
        {
            await context.Database.CloseConnectionAsync();
        }
    }

    /// <summary>Recreates everything, whatever exists already.</summary>
    public static async Task CreateAsync(MailContext context, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        foreach (var statement in Statements()) await context.Database.ExecuteSqlRawAsync(statement, cancellationToken);
        await context.ChangeCounters.ExecuteUpdateAsync(set => set.SetProperty(c => c.SearchSchema, Version), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static IEnumerable<string> Statements()
    {
        foreach (var (table, change) in Triggers()) yield return $"""DROP TRIGGER IF EXISTS "{Name(table, change)}" """;
        yield return """DROP TABLE IF EXISTS "SearchIndex" """;
        yield return """DELETE FROM "SearchEntries" """;
        yield return """CREATE VIRTUAL TABLE "SearchIndex" USING fts5("Text", content='SearchEntries', content_rowid='Id', tokenize='trigram case_sensitive 1')""";
        foreach (var source in Sources) yield return Insert(source);
        // Rebuild the index in one pass: the triggers would take ten times as long.
        yield return """INSERT INTO "SearchIndex" ("SearchIndex") VALUES ('rebuild')""";
        yield return Trigger(
            "SearchEntries", "Added", "AFTER INSERT", """INSERT INTO "SearchIndex" (rowid, "Text") VALUES (new."Id", new."Text")""");
        yield return Trigger(
            "SearchEntries", "Removed", "AFTER DELETE",
            """INSERT INTO "SearchIndex" ("SearchIndex", rowid, "Text") VALUES ('delete', old."Id", old."Text")""");
        foreach (var statement in Sources.SelectMany(TriggersOf)) yield return statement;
        yield return Trigger("Domains", "Renamed", """AFTER UPDATE OF "Name" """, RenamedDomain);
    }

    private static IEnumerable<(string Table, string Change)> Triggers() =>
        from table in Sources.Select(s => s.Table)
            .Append("SearchEntries")
        from change in (string[])["Added", "Removed", "Changed", "Renamed"]
        select (table, change);

    private static IEnumerable<string> TriggersOf(Source source)
    {
        var insert = $"""{Insert(source)} WHERE r."Id" = new."Id" """;
        var delete = $"""DELETE FROM "SearchEntries" WHERE "Id" = {IdOf(source).Replace("r.", "old.", StringComparison.Ordinal)}""";
        yield return Trigger(source.Table, "Added", "AFTER INSERT", insert);
        yield return Trigger(source.Table, "Removed", "AFTER DELETE", delete);
        yield return Trigger(source.Table, "Changed", $"AFTER UPDATE OF {source.Columns}", $"{delete}; {insert}");
    }

    private static string Insert(Source source) => $"""
        INSERT INTO "SearchEntries" ("Id", "Kind", "DomainId", "SubjectId", "Text") SELECT {IdOf(source)}, {source.Kind}, {source.Values} FROM "{source.Table}" AS r
        """;

    // The id as in SearchEntry.Id: the kind, the row, the table.
    private static string IdOf(Source source) => $"""({source.KindNumber} << 56) + r."Id" * 8 + {source.Number}""";

    private static string Trigger(string table, string change, string when, string body) =>
        $"""CREATE TRIGGER "{Name(table, change)}" {when} ON "{table}" BEGIN {body}; END""";

    private static string Name(string table, string change) => $"Search_{table}_{change}";

    private sealed record Source(int Number, string Table, string Columns, string KindNumber, string Kind, string Values);
}
