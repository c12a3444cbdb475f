namespace MailAdmin.Core.Data.Migrations.Sqlite
{
    // What is beyond EF Core: the index of every place in a text, and the triggers that keep both tables. A later migration that rebuilds one
    // of these tables (EF Core does so to alter or drop a column) loses its triggers and has to make them again.
    public partial class Search
    {
        private const string Index = """
            CREATE VIRTUAL TABLE "SearchIndex" USING fts5("Text", "Kind", content='SearchEntries', content_rowid='Id', tokenize='trigram case_sensitive 1')
            """;

        private const string AddToIndex = """INSERT INTO "SearchIndex" (rowid, "Text", "Kind") VALUES (new."Id", new."Text", new."Kind")""";

        private const string TakeFromIndex =
            """INSERT INTO "SearchIndex" ("SearchIndex", rowid, "Text", "Kind") VALUES ('delete', old."Id", old."Text", old."Kind")""";

        internal const string DestinationText = """
            coalesce(lower(r."External"), (SELECT "Username" FROM "Accounts" WHERE "Id" = r."AccountId"),
            (SELECT a."LocalPart" || '@' || d."Name" FROM "Addresses" AS a JOIN "Domains" AS d ON d."Id" = a."DomainId" WHERE a."Id" = r."LocalAddressId"))
            """;

        // The number of a table is part of its entries' ids. Columns: those whose change matters; values: kind, domain, subject, text of a row r.
        private static readonly (int Number, string Table, string Columns, string Values)[] Sources =
        [
            (0, "Domains", "\"Name\"", """'Domain', r."Id", r."Id", r."Name" """),
            (1, "DomainAliases", "\"Name\", \"DomainId\"", """'Domain', r."DomainId", r."DomainId", r."Name" """),
            (2, "Accounts", "\"Username\", \"DomainId\"", """'Account', r."DomainId", r."Id", r."Username" """),
            (3, "Addresses", "\"LocalPart\", \"AccountId\", \"DomainId\"",
                """CASE WHEN r."AccountId" IS NULL THEN 'Alias' ELSE 'Account' END, r."DomainId", coalesce(r."AccountId", r."Id"), r."LocalPart" """),
            (4, "AliasDestinations", "\"External\", \"AccountId\", \"LocalAddressId\", \"AliasId\"",
                $"""'Destination', (SELECT "DomainId" FROM "Addresses" WHERE "Id" = r."AliasId"), r."AliasId", {DestinationText} """),
        ];

        internal static IEnumerable<string> Statements()
        {
            yield return Index;
            yield return Trigger("SearchEntries", "Added", "AFTER INSERT", AddToIndex);
            yield return Trigger("SearchEntries", "Removed", "AFTER DELETE", TakeFromIndex);
            foreach (var statement in Sources.SelectMany(s => Keep(s.Number, s.Table, s.Columns, s.Values))) yield return statement;
        }

        /// <summary>Adds the entries of a table, and the triggers that keep them.</summary>
        internal static IEnumerable<string> Keep(int number, string table, string columns, string values)
        {
            var add = $"""INSERT INTO "SearchEntries" ("Id", "Kind", "DomainId", "SubjectId", "Text") SELECT r."Id" * 8 + {number}, {values} FROM "{table}" AS r""";
            var addNew = $"""{add} WHERE r."Id" = new."Id" """;
            var removeOld = $"""DELETE FROM "SearchEntries" WHERE "Id" = old."Id" * 8 + {number}""";
            yield return add;
            yield return Trigger(table, "Added", "AFTER INSERT", addNew);
            yield return Trigger(table, "Removed", "AFTER DELETE", removeOld);
            yield return Trigger(table, "Changed", $"AFTER UPDATE OF {columns}", $"{removeOld}; {addNew}");
        }

        /// <summary>Takes the triggers of a table away.</summary>
        internal static IEnumerable<string> Leave(string table) =>
            ((string[])["Added", "Removed", "Changed"]).Select(change => $"""DROP TRIGGER "{Name(table, change)}" """);

        private static IEnumerable<string> StatementsBack()
        {
            foreach (var statement in Sources.SelectMany(s => Leave(s.Table))) yield return statement;
            yield return """DROP TABLE "SearchIndex" """;
        }

        internal static string Trigger(string table, string change, string when, string body) =>
            $"""CREATE TRIGGER "{Name(table, change)}" {when} ON "{table}" BEGIN {body}; END""";

        internal static string Name(string table, string change) => $"Search_{table}_{change}";
    }
}
