using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MailAdmin.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Redirects : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Redirects",
                columns: table => new
                {
                    AccountId = table.Column<long>(type: "INTEGER", nullable: false),
                    KeepsCopy = table.Column<bool>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Redirects", x => x.AccountId);
                    table.ForeignKey(
                        name: "FK_Redirects_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "RedirectDestinations",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    RedirectId = table.Column<long>(type: "INTEGER", nullable: false),
                    AccountId = table.Column<long>(type: "INTEGER", nullable: true),
                    LocalAddressId = table.Column<long>(type: "INTEGER", nullable: true),
                    External = table.Column<string>(type: "TEXT", maxLength: 320, nullable: true),
                    ExternalDomain = table.Column<string>(type: "TEXT", maxLength: 253, nullable: true, computedColumnSql: "substr(\"External\", instr(\"External\", '@') + 1)")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RedirectDestinations", x => x.Id);
                    table.CheckConstraint("CK_RedirectDestinations_One", "(CASE WHEN \"AccountId\" IS NULL THEN 0 ELSE 1 END + CASE WHEN \"LocalAddressId\" IS NULL THEN 0 ELSE 1 END + CASE WHEN \"External\" IS NULL THEN 0 ELSE 1 END) = 1");
                    table.ForeignKey(
                        name: "FK_RedirectDestinations_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_RedirectDestinations_Addresses_LocalAddressId",
                        column: x => x.LocalAddressId,
                        principalTable: "Addresses",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_RedirectDestinations_Redirects_RedirectId",
                        column: x => x.RedirectId,
                        principalTable: "Redirects",
                        principalColumn: "AccountId",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_RedirectDestinations_AccountId",
                table: "RedirectDestinations",
                column: "AccountId");

            migrationBuilder.CreateIndex(
                name: "IX_RedirectDestinations_ExternalDomain",
                table: "RedirectDestinations",
                column: "ExternalDomain");

            migrationBuilder.CreateIndex(
                name: "IX_RedirectDestinations_LocalAddressId",
                table: "RedirectDestinations",
                column: "LocalAddressId");

            migrationBuilder.CreateIndex(
                name: "IX_RedirectDestinations_RedirectId_AccountId",
                table: "RedirectDestinations",
                columns: new[] { "RedirectId", "AccountId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_RedirectDestinations_RedirectId_External",
                table: "RedirectDestinations",
                columns: new[] { "RedirectId", "External" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_RedirectDestinations_RedirectId_LocalAddressId",
                table: "RedirectDestinations",
                columns: new[] { "RedirectId", "LocalAddressId" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "RedirectDestinations");

            migrationBuilder.DropTable(
                name: "Redirects");
        }
    }
}
