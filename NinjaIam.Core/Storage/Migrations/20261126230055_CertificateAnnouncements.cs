using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NinjaIam.Core.Storage.Migrations
{
    /// <inheritdoc />
    public partial class CertificateAnnouncements : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "certificate_notices",
                columns: table => new
                {
                    ProviderId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Fingerprint = table.Column<string>(type: "TEXT", nullable: false),
                    Days = table.Column<int>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_certificate_notices", x => new { x.ProviderId, x.Fingerprint, x.Days });
                    table.ForeignKey(
                        name: "FK_certificate_notices_providers_ProviderId",
                        column: x => x.ProviderId,
                        principalTable: "providers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "certificate_notices");
        }
    }
}
