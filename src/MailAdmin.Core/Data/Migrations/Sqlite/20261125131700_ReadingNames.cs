using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MailAdmin.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ReadingNames : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "ReadingName",
                table: "Domains",
                type: "TEXT",
                maxLength: 253,
                nullable: false,
                defaultValue: "");

            // A-labels among them are read at the next start.
            migrationBuilder.Sql("""UPDATE "Domains" SET "ReadingName" = "Name" """);

            migrationBuilder.CreateIndex(
                name: "IX_Domains_ReadingName",
                table: "Domains",
                column: "ReadingName");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Domains_ReadingName",
                table: "Domains");

            // By a statement: EF Core would rebuild the table, whose search triggers would be lost.
            migrationBuilder.Sql("""ALTER TABLE "Domains" DROP COLUMN "ReadingName" """);
        }
    }
}
