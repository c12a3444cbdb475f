using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MailAdmin.Core.Data.Migrations.Sqlite
{
    /// <summary>
    /// Keeps map rows in the order of their keys, which is how a map is rebuilt: rows that lie in the order of their coming are read seven times
    /// slower, or go to postmap unsorted, which takes it twice as long. A later migration that rebuilds this table has to say WITHOUT ROWID again.
    /// </summary>
    public partial class MapEntriesByKey : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => Remake(migrationBuilder, " WITHOUT ROWID");

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => Remake(migrationBuilder, "");

        private static void Remake(MigrationBuilder migrationBuilder, string kind)
        {
            migrationBuilder.Sql($"""
                CREATE TABLE "NewMapEntries" (
                    "Map" INTEGER NOT NULL, "Key" TEXT NOT NULL, "Value" TEXT NULL, "Sequence" INTEGER NOT NULL, "Owner" INTEGER NOT NULL, "OwnerId" INTEGER NOT NULL,
                    CONSTRAINT "PK_MapEntries" PRIMARY KEY ("Map", "Key")){kind}
                """);
            migrationBuilder.Sql("""
                INSERT INTO "NewMapEntries" ("Map", "Key", "Value", "Sequence", "Owner", "OwnerId")
                SELECT "Map", "Key", "Value", "Sequence", "Owner", "OwnerId" FROM "MapEntries" ORDER BY "Map", "Key"
                """);
            migrationBuilder.DropTable("MapEntries");
            migrationBuilder.RenameTable("NewMapEntries", newName: "MapEntries");
            migrationBuilder.CreateIndex("IX_MapEntries_Owner_OwnerId", "MapEntries", ["Owner", "OwnerId"]);
            migrationBuilder.CreateIndex("IX_MapEntries_Sequence", "MapEntries", "Sequence");
        }
    }
}
