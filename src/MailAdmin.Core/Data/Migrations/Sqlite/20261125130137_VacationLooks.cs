using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MailAdmin.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class VacationLooks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "IsSwitchedOff",
                table: "Vacations",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "LookedAt",
                table: "Vacations",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Vacations_IsOn_LookedAt",
                table: "Vacations",
                columns: new[] { "IsOn", "LookedAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Vacations_IsOn_LookedAt",
                table: "Vacations");

            migrationBuilder.DropColumn(
                name: "IsSwitchedOff",
                table: "Vacations");

            migrationBuilder.DropColumn(
                name: "LookedAt",
                table: "Vacations");
        }
    }
}
