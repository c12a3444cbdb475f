using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MailAdmin.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class DomainNames : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "IsGoing",
                table: "DomainAliases",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "Reached",
                table: "DomainAliases",
                type: "INTEGER",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // By statements: EF Core would rebuild the table, whose search triggers would be lost.
            migrationBuilder.Sql("""ALTER TABLE "DomainAliases" DROP COLUMN "IsGoing" """);
            migrationBuilder.Sql("""ALTER TABLE "DomainAliases" DROP COLUMN "Reached" """);
        }
    }
}
