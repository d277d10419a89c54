using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NinjaIam.Core.Storage.Migrations
{
    /// <inheritdoc />
    public partial class AdoptionAndPreview : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "AdoptionPolicy",
                table: "providers",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "DisabledAt",
                table: "providers",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "PreviewSince",
                table: "providers",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "adoption_requests",
                columns: table => new
                {
                    AccountId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ProviderId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AskedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    LastAskedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    DecidedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    DecidedBy = table.Column<string>(type: "TEXT", nullable: true),
                    IsApproved = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_adoption_requests", x => new { x.AccountId, x.ProviderId });
                    table.ForeignKey(
                        name: "FK_adoption_requests_accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_adoption_requests_providers_ProviderId",
                        column: x => x.ProviderId,
                        principalTable: "providers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "preview_findings",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    ProviderId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ResourceType = table.Column<string>(type: "TEXT", nullable: false),
                    Key = table.Column<string>(type: "TEXT", nullable: false),
                    Result = table.Column<int>(type: "INTEGER", nullable: false),
                    Subject = table.Column<string>(type: "TEXT", nullable: false),
                    Detail = table.Column<string>(type: "TEXT", nullable: true),
                    ResourceId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_preview_findings", x => x.Id);
                    table.ForeignKey(
                        name: "FK_preview_findings_providers_ProviderId",
                        column: x => x.ProviderId,
                        principalTable: "providers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "refused_deactivations",
                columns: table => new
                {
                    AccountId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ProviderId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Detail = table.Column<string>(type: "TEXT", nullable: false),
                    RequestId = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_refused_deactivations", x => x.AccountId);
                    table.ForeignKey(
                        name: "FK_refused_deactivations_accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_refused_deactivations_providers_ProviderId",
                        column: x => x.ProviderId,
                        principalTable: "providers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_adoption_requests_ProviderId_DecidedAt",
                table: "adoption_requests",
                columns: new[] { "ProviderId", "DecidedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_preview_findings_ProviderId_ResourceType_Key",
                table: "preview_findings",
                columns: new[] { "ProviderId", "ResourceType", "Key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_preview_findings_ProviderId_Result_Subject",
                table: "preview_findings",
                columns: new[] { "ProviderId", "Result", "Subject" });

            migrationBuilder.CreateIndex(
                name: "IX_refused_deactivations_ProviderId",
                table: "refused_deactivations",
                column: "ProviderId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "adoption_requests");

            migrationBuilder.DropTable(
                name: "preview_findings");

            migrationBuilder.DropTable(
                name: "refused_deactivations");

            migrationBuilder.DropColumn(
                name: "AdoptionPolicy",
                table: "providers");

            migrationBuilder.DropColumn(
                name: "DisabledAt",
                table: "providers");

            migrationBuilder.DropColumn(
                name: "PreviewSince",
                table: "providers");
        }
    }
}
