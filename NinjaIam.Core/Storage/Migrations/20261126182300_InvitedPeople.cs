using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NinjaIam.Core.Storage.Migrations
{
    /// <inheritdoc />
    public partial class InvitedPeople : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "ImportedAt",
                table: "accounts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "InvitationAcceptedAt",
                table: "accounts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "InvitationDigest",
                table: "accounts",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "InvitationExpiresAt",
                table: "accounts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "InvitedAt",
                table: "accounts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_accounts_InvitationDigest",
                table: "accounts",
                column: "InvitationDigest",
                unique: true,
                filter: "\"InvitationDigest\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_accounts_InvitationDigest",
                table: "accounts");

            migrationBuilder.DropColumn(
                name: "ImportedAt",
                table: "accounts");

            migrationBuilder.DropColumn(
                name: "InvitationAcceptedAt",
                table: "accounts");

            migrationBuilder.DropColumn(
                name: "InvitationDigest",
                table: "accounts");

            migrationBuilder.DropColumn(
                name: "InvitationExpiresAt",
                table: "accounts");

            migrationBuilder.DropColumn(
                name: "InvitedAt",
                table: "accounts");
        }
    }
}
