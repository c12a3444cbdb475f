using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MailAdmin.Core.Data.Migrations.Sqlite
{
    // What an account's redirect leads to is found as what an alias leads to is.
    /// <inheritdoc />
    public partial class RedirectSearch : Migration
    {
        private const string Table = "RedirectDestinations";

        private const string Columns = "\"External\", \"AccountId\", \"LocalAddressId\", \"RedirectId\"";

        private const string Values =
            $"""'Redirect', (SELECT "DomainId" FROM "Accounts" WHERE "Id" = r."RedirectId"), r."RedirectId", {Search.DestinationText} """;

        internal static IEnumerable<string> Statements() => Search.Keep(5, Table, Columns, Values);

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            foreach (var statement in Statements()) migrationBuilder.Sql(statement);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var statement in Search.Leave(Table)) migrationBuilder.Sql(statement);
            migrationBuilder.Sql("""DELETE FROM "SearchEntries" WHERE "Kind" = 'Redirect'""");
        }
    }
}
