using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MailAdmin.Core.Data.Migrations.Sqlite
{
    // An entry's id begins with its kind. The index then goes through the entries of one kind alone, whatever the others hold: before, the kind was
    // a term of its own in the index, and each search for an alias went through all accounts that hold the text.
    /// <inheritdoc />
    public partial class SearchByKind : Migration
    {
        private const string Index = """
            CREATE VIRTUAL TABLE "SearchIndex" USING fts5("Text", content='SearchEntries', content_rowid='Id', tokenize='trigram case_sensitive 1')
            """;

        private const string AddToIndex = """INSERT INTO "SearchIndex" (rowid, "Text") VALUES (new."Id", new."Text")""";

        private const string TakeFromIndex = """INSERT INTO "SearchIndex" ("SearchIndex", rowid, "Text") VALUES ('delete', old."Id", old."Text")""";

        private static readonly string[] Changes = ["Added", "Removed", "Changed"];

        // Kind: the number and the name of a row r's; values: its domain, subject and text.
        private static readonly (int Number, string Table, string Columns, (string Number, string Name) Kind, string Values)[] Sources =
        [
            (0, "Domains", "\"Name\"", ("0", "'Domain'"), """r."Id", r."Id", r."Name" """),
            (1, "DomainAliases", "\"Name\", \"DomainId\"", ("0", "'Domain'"), """r."DomainId", r."DomainId", r."Name" """),
            (2, "Accounts", "\"Username\", \"DomainId\"", ("1", "'Account'"), """r."DomainId", r."Id", r."Username" """),
            (3, "Addresses", "\"LocalPart\", \"AccountId\", \"DomainId\"",
                ("""(CASE WHEN r."AccountId" IS NULL THEN 2 ELSE 1 END)""", """CASE WHEN r."AccountId" IS NULL THEN 'Alias' ELSE 'Account' END"""),
                """r."DomainId", coalesce(r."AccountId", r."Id"), r."LocalPart" """),
            (4, "AliasDestinations", "\"External\", \"AccountId\", \"LocalAddressId\", \"AliasId\"", ("3", "'Destination'"),
                $"""(SELECT "DomainId" FROM "Addresses" WHERE "Id" = r."AliasId"), r."AliasId", {Search.DestinationText} """),
            (5, "RedirectDestinations", "\"External\", \"AccountId\", \"LocalAddressId\", \"RedirectId\"", ("4", "'Redirect'"),
                $"""(SELECT "DomainId" FROM "Accounts" WHERE "Id" = r."RedirectId"), r."RedirectId", {Search.DestinationText} """),
        ];

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            foreach (var statement in Clear()) migrationBuilder.Sql(statement);
            migrationBuilder.Sql(Index);
            foreach (var source in Sources) migrationBuilder.Sql(Add(source));
            // One pass over all of them: the triggers would take ten times as long.
            migrationBuilder.Sql("""INSERT INTO "SearchIndex" ("SearchIndex") VALUES ('rebuild')""");
            migrationBuilder.Sql(Search.Trigger("SearchEntries", "Added", "AFTER INSERT", AddToIndex));
            migrationBuilder.Sql(Search.Trigger("SearchEntries", "Removed", "AFTER DELETE", TakeFromIndex));
            foreach (var statement in Sources.SelectMany(Keep)) migrationBuilder.Sql(statement);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var statement in Clear().Concat(Search.Statements()).Concat(RedirectSearch.Statements())) migrationBuilder.Sql(statement);
        }

        private static IEnumerable<string> Clear()
        {
            foreach (var (_, table, _, _, _) in Sources)
                foreach (var change in Changes) yield return $"""DROP TRIGGER "{Search.Name(table, change)}" """;
            foreach (var change in Changes[..2]) yield return $"""DROP TRIGGER "{Search.Name("SearchEntries", change)}" """;
            yield return """DROP TABLE "SearchIndex" """;
            yield return """DELETE FROM "SearchEntries" """;
        }

        private static IEnumerable<string> Keep((int Number, string Table, string Columns, (string Number, string Name) Kind, string Values) source)
        {
            var addNew = $"""{Add(source)} WHERE r."Id" = new."Id" """;
            var removeOld = $"""DELETE FROM "SearchEntries" WHERE "Id" = {Id(source.Kind.Number, source.Number).Replace("r.", "old.", StringComparison.Ordinal)}""";
            yield return Search.Trigger(source.Table, "Added", "AFTER INSERT", addNew);
            yield return Search.Trigger(source.Table, "Removed", "AFTER DELETE", removeOld);
            yield return Search.Trigger(source.Table, "Changed", $"AFTER UPDATE OF {source.Columns}", $"{removeOld}; {addNew}");
        }

        private static string Add((int Number, string Table, string Columns, (string Number, string Name) Kind, string Values) source) => $"""
            INSERT INTO "SearchEntries" ("Id", "Kind", "DomainId", "SubjectId", "Text")
            SELECT {Id(source.Kind.Number, source.Number)}, {source.Kind.Name}, {source.Values} FROM "{source.Table}" AS r
            """;

        private static string Id(string kind, int table) => $"""({kind} << 56) + r."Id" * 8 + {table}""";
    }
}
