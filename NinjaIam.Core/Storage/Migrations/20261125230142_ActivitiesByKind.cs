using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NinjaIam.Core.Storage.Migrations
{
    /// <inheritdoc />
    public partial class ActivitiesByKind : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_journal_At",
                table: "journal");

            migrationBuilder.DropIndex(
                name: "IX_journal_ProviderId_At",
                table: "journal");

            migrationBuilder.CreateIndex(
                name: "IX_security_events_Cause_LastAt",
                table: "security_events",
                columns: new[] { "Cause", "LastAt" });

            migrationBuilder.CreateIndex(
                name: "IX_security_events_ProviderId_Cause_LastAt",
                table: "security_events",
                columns: new[] { "ProviderId", "Cause", "LastAt" });

            migrationBuilder.CreateIndex(
                name: "IX_journal_Kind_Seq",
                table: "journal",
                columns: new[] { "Kind", "Seq" });

            migrationBuilder.CreateIndex(
                name: "IX_journal_ProviderId_Kind_Seq",
                table: "journal",
                columns: new[] { "ProviderId", "Kind", "Seq" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_security_events_Cause_LastAt",
                table: "security_events");

            migrationBuilder.DropIndex(
                name: "IX_security_events_ProviderId_Cause_LastAt",
                table: "security_events");

            migrationBuilder.DropIndex(
                name: "IX_journal_Kind_Seq",
                table: "journal");

            migrationBuilder.DropIndex(
                name: "IX_journal_ProviderId_Kind_Seq",
                table: "journal");

            migrationBuilder.CreateIndex(
                name: "IX_journal_At",
                table: "journal",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_journal_ProviderId_At",
                table: "journal",
                columns: new[] { "ProviderId", "At" });
        }
    }
}
