using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MailAdmin.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class LargeHostIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Addresses_Aliases",
                table: "Addresses",
                column: "DomainId",
                filter: "\"AccountId\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Accounts_Full",
                table: "Accounts",
                column: "Id",
                filter: "\"IsFull\"");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Addresses_Aliases",
                table: "Addresses");

            migrationBuilder.DropIndex(
                name: "IX_Accounts_Full",
                table: "Accounts");
        }
    }
}
