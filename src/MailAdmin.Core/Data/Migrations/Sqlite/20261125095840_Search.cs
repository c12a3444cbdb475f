using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MailAdmin.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Search : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_AliasDestinations_External",
                table: "AliasDestinations");

            migrationBuilder.AddColumn<string>(
                name: "ExternalDomain",
                table: "AliasDestinations",
                type: "TEXT",
                maxLength: 253,
                nullable: true,
                computedColumnSql: "substr(\"External\", instr(\"External\", '@') + 1)");

            migrationBuilder.CreateTable(
                name: "SearchEntries",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", nullable: false),
                    DomainId = table.Column<long>(type: "INTEGER", nullable: false),
                    SubjectId = table.Column<long>(type: "INTEGER", nullable: false),
                    Text = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SearchEntries", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_AliasDestinations_ExternalDomain",
                table: "AliasDestinations",
                column: "ExternalDomain");

            migrationBuilder.CreateIndex(
                name: "IX_SearchEntries_DomainId_Kind_Text",
                table: "SearchEntries",
                columns: new[] { "DomainId", "Kind", "Text" });

            migrationBuilder.CreateIndex(
                name: "IX_SearchEntries_Kind_Text",
                table: "SearchEntries",
                columns: new[] { "Kind", "Text" });

            foreach (var statement in Statements()) migrationBuilder.Sql(statement);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var statement in StatementsBack()) migrationBuilder.Sql(statement);

            migrationBuilder.DropTable(
                name: "SearchEntries");

            migrationBuilder.DropIndex(
                name: "IX_AliasDestinations_ExternalDomain",
                table: "AliasDestinations");

            migrationBuilder.DropColumn(
                name: "ExternalDomain",
                table: "AliasDestinations");

            migrationBuilder.CreateIndex(
                name: "IX_AliasDestinations_External",
                table: "AliasDestinations",
                column: "External");
        }
    }
}
