using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MailAdmin.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class SendingLimits : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "SendingCounts",
                columns: table => new
                {
                    AccountId = table.Column<long>(type: "INTEGER", nullable: false),
                    Hour = table.Column<long>(type: "INTEGER", nullable: false),
                    Messages = table.Column<long>(type: "INTEGER", nullable: false),
                    Recipients = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SendingCounts", x => new { x.AccountId, x.Hour });
                });

            migrationBuilder.CreateTable(
                name: "SendingLimits",
                columns: table => new
                {
                    Scope = table.Column<int>(type: "INTEGER", nullable: false),
                    SubjectId = table.Column<long>(type: "INTEGER", nullable: false),
                    MessagesPerHour = table.Column<int>(type: "INTEGER", nullable: true),
                    RecipientsPerHour = table.Column<int>(type: "INTEGER", nullable: true),
                    MessagesPerDay = table.Column<int>(type: "INTEGER", nullable: true),
                    RecipientsPerDay = table.Column<int>(type: "INTEGER", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SendingLimits", x => new { x.Scope, x.SubjectId });
                });

            migrationBuilder.CreateTable(
                name: "SendingStops",
                columns: table => new
                {
                    AccountId = table.Column<long>(type: "INTEGER", nullable: false),
                    Measure = table.Column<int>(type: "INTEGER", nullable: false),
                    Limit = table.Column<int>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Until = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SendingStops", x => x.AccountId);
                });

            migrationBuilder.CreateIndex(
                name: "IX_SendingCounts_Hour",
                table: "SendingCounts",
                column: "Hour");

            migrationBuilder.CreateIndex(
                name: "IX_SendingStops_Until",
                table: "SendingStops",
                column: "Until");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "SendingCounts");

            migrationBuilder.DropTable(
                name: "SendingLimits");

            migrationBuilder.DropTable(
                name: "SendingStops");
        }
    }
}
