using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MailAdmin.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class MailboxIds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "MailboxId",
                table: "RetiredUsernames",
                type: "TEXT",
                maxLength: 255,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsConflict",
                table: "OutboxTasks",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "MailboxId",
                table: "DriftFindings",
                type: "TEXT",
                maxLength: 255,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "FolderRefusal",
                table: "Accounts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "MailboxId",
                table: "Accounts",
                type: "TEXT",
                maxLength: 255,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "TakeOver",
                table: "Accounts",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            // What is not made yet is made under an identity of its own. Mailboxes that are in place are recorded when they are met.
            migrationBuilder.Sql("""UPDATE "Accounts" SET "MailboxId" = lower(hex(randomblob(12))) WHERE NOT "MailboxReady" """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "MailboxId",
                table: "RetiredUsernames");

            migrationBuilder.DropColumn(
                name: "IsConflict",
                table: "OutboxTasks");

            migrationBuilder.DropColumn(
                name: "MailboxId",
                table: "DriftFindings");

            // By SQLite itself: a table that is made anew would break the triggers of the search.
            foreach (var column in (string[])["FolderRefusal", "MailboxId", "TakeOver"]) migrationBuilder.Sql($"""ALTER TABLE "Accounts" DROP COLUMN "{column}" """);
        }
    }
}
