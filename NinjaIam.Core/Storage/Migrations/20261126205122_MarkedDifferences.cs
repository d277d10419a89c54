using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NinjaIam.Core.Storage.Migrations
{
    /// <inheritdoc />
    public partial class MarkedDifferences : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "MayDiffer",
                table: "accounts",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            // Who differs already is not known here; comparing too many is right, and each next write of a document takes the mark away.
            migrationBuilder.Sql("""UPDATE accounts SET "MayDiffer" = 1 WHERE "ProviderId" IS NOT NULL""");

            migrationBuilder.CreateIndex(
                name: "IX_accounts_ProviderId_NormalizedUserName",
                table: "accounts",
                columns: new[] { "ProviderId", "NormalizedUserName" },
                filter: "\"MayDiffer\" = 1");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_accounts_ProviderId_NormalizedUserName",
                table: "accounts");

            migrationBuilder.DropColumn(
                name: "MayDiffer",
                table: "accounts");
        }
    }
}
