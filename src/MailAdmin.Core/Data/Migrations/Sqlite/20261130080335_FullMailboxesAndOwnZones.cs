using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MailAdmin.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class FullMailboxesAndOwnZones : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "TimeZone",
                table: "Admins",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Accounts_FullOfDomain",
                table: "Accounts",
                column: "DomainId",
                filter: "\"IsFull\"");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Accounts_FullOfDomain",
                table: "Accounts");

            migrationBuilder.DropColumn(
                name: "TimeZone",
                table: "Admins");
        }
    }
}
