using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NinjaIam.Core.Storage.Migrations
{
    /// <inheritdoc />
    public partial class KeepMetadataRefreshes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "metadata_refreshes",
                columns: table => new
                {
                    ProviderId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    NextAt = table.Column<long>(type: "INTEGER", nullable: false),
                    CheckedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    SucceededAt = table.Column<long>(type: "INTEGER", nullable: true),
                    FailingSince = table.Column<long>(type: "INTEGER", nullable: true),
                    Failure = table.Column<string>(type: "TEXT", nullable: true),
                    Waiting = table.Column<string>(type: "TEXT", nullable: true),
                    WaitingDigest = table.Column<string>(type: "TEXT", nullable: true),
                    WaitingSince = table.Column<long>(type: "INTEGER", nullable: true),
                    AnnouncedDigest = table.Column<string>(type: "TEXT", nullable: true),
                    RefusedDigests = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_metadata_refreshes", x => x.ProviderId);
                    table.ForeignKey(
                        name: "FK_metadata_refreshes_providers_ProviderId",
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
                name: "metadata_refreshes");
        }
    }
}
