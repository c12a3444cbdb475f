using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MailAdmin.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AuditPage : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_AuditEvents_Domain",
                table: "AuditEvents");

            migrationBuilder.AddColumn<string>(
                name: "AuditHash",
                table: "ChangeCounters",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "AuditId",
                table: "ChangeCounters",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "ActorName",
                table: "AuditEvents",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "AdminId",
                table: "AuditEvents",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "At",
                table: "AuditEvents",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "DomainId",
                table: "AuditEvents",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "RemoteAddress",
                table: "AuditEvents",
                type: "TEXT",
                nullable: true);

            // Events hold from now on what stood with their changes alone; the hashes that they have go on being right.
            migrationBuilder.Sql("""
                UPDATE "AuditEvents" SET ("At", "AdminId", "ActorName", "RemoteAddress") =
                (SELECT c."At", c."AdminId", c."ActorName", c."RemoteAddress" FROM "Changes" AS c WHERE c."Id" = "AuditEvents"."ChangeId")
                """);
            migrationBuilder.Sql("""
                UPDATE "ChangeCounters" SET ("AuditId", "AuditHash") = (SELECT "Id", "Hash" FROM "AuditEvents" ORDER BY "Id" DESC LIMIT 1)
                WHERE EXISTS (SELECT 1 FROM "AuditEvents")
                """);

            migrationBuilder.CreateIndex(
                name: "IX_AuditEvents_ActorName_At",
                table: "AuditEvents",
                columns: new[] { "ActorName", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_AuditEvents_At",
                table: "AuditEvents",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_AuditEvents_Domain_At",
                table: "AuditEvents",
                columns: new[] { "Domain", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_AuditEvents_DomainId_At",
                table: "AuditEvents",
                columns: new[] { "DomainId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_AuditEvents_Kind_At",
                table: "AuditEvents",
                columns: new[] { "Kind", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_AuditEvents_Subject_At",
                table: "AuditEvents",
                columns: new[] { "Subject", "At" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_AuditEvents_ActorName_At",
                table: "AuditEvents");

            migrationBuilder.DropIndex(
                name: "IX_AuditEvents_At",
                table: "AuditEvents");

            migrationBuilder.DropIndex(
                name: "IX_AuditEvents_Domain_At",
                table: "AuditEvents");

            migrationBuilder.DropIndex(
                name: "IX_AuditEvents_DomainId_At",
                table: "AuditEvents");

            migrationBuilder.DropIndex(
                name: "IX_AuditEvents_Kind_At",
                table: "AuditEvents");

            migrationBuilder.DropIndex(
                name: "IX_AuditEvents_Subject_At",
                table: "AuditEvents");

            migrationBuilder.DropColumn(
                name: "AuditHash",
                table: "ChangeCounters");

            migrationBuilder.DropColumn(
                name: "AuditId",
                table: "ChangeCounters");

            migrationBuilder.DropColumn(
                name: "ActorName",
                table: "AuditEvents");

            migrationBuilder.DropColumn(
                name: "AdminId",
                table: "AuditEvents");

            migrationBuilder.DropColumn(
                name: "At",
                table: "AuditEvents");

            migrationBuilder.DropColumn(
                name: "DomainId",
                table: "AuditEvents");

            migrationBuilder.DropColumn(
                name: "RemoteAddress",
                table: "AuditEvents");

            migrationBuilder.CreateIndex(
                name: "IX_AuditEvents_Domain",
                table: "AuditEvents",
                column: "Domain");
        }
    }
}
