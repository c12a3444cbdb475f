using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MailAdmin.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class EveryRole : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "AllowsCatchAll",
                table: "Domains",
                type: "INTEGER",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<bool>(
                name: "AllowsExternalDestinations",
                table: "Domains",
                type: "INTEGER",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<bool>(
                name: "SeesAllDomains",
                table: "Admins",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "Hosters",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: true),
                    Logo = table.Column<byte[]>(type: "BLOB", nullable: true),
                    LogoType = table.Column<string>(type: "TEXT", nullable: true),
                    SupportAddress = table.Column<string>(type: "TEXT", nullable: true),
                    ServerNaming = table.Column<int>(type: "INTEGER", nullable: false),
                    ImapHost = table.Column<string>(type: "TEXT", nullable: true),
                    Pop3Host = table.Column<string>(type: "TEXT", nullable: true),
                    SmtpHost = table.Column<string>(type: "TEXT", nullable: true),
                    WebmailUrl = table.Column<string>(type: "TEXT", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Hosters", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_AliasDestinations_External",
                table: "AliasDestinations",
                column: "External");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Hosters");

            migrationBuilder.DropIndex(
                name: "IX_AliasDestinations_External",
                table: "AliasDestinations");

            migrationBuilder.DropColumn(
                name: "AllowsCatchAll",
                table: "Domains");

            migrationBuilder.DropColumn(
                name: "AllowsExternalDestinations",
                table: "Domains");

            migrationBuilder.DropColumn(
                name: "SeesAllDomains",
                table: "Admins");
        }
    }
}
