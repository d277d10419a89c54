using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NinjaIam.Core.Storage.Migrations
{
    /// <inheritdoc />
    public partial class SecurityEventDigest : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "Digest",
                table: "security_events",
                type: "BLOB",
                nullable: false,
                defaultValue: new byte[0]);

            // Rows of before are never counted further; they only must not collide.
            migrationBuilder.Sql("UPDATE security_events SET \"Digest\" = randomblob(16)");

            migrationBuilder.CreateIndex(
                name: "IX_security_events_Minute_Digest",
                table: "security_events",
                columns: new[] { "Minute", "Digest" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_security_events_Minute_Digest",
                table: "security_events");

            migrationBuilder.DropColumn(
                name: "Digest",
                table: "security_events");
        }
    }
}
