using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NinjaIam.Core.Storage.Migrations
{
    /// <inheritdoc />
    public partial class PausesAndBatches : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "PauseEndsAt",
                table: "providers",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "PausedAt",
                table: "providers",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "PausedBy",
                table: "providers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "BlockedAt",
                table: "accounts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "BlockedBy",
                table: "accounts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Language",
                table: "accounts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "TimeZone",
                table: "accounts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "people_batches",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    ProviderId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    By = table.Column<string>(type: "TEXT", nullable: false),
                    People = table.Column<int>(type: "INTEGER", nullable: false),
                    UndoneAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_people_batches", x => x.Id);
                    table.ForeignKey(
                        name: "FK_people_batches_providers_ProviderId",
                        column: x => x.ProviderId,
                        principalTable: "providers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "people_batch_members",
                columns: table => new
                {
                    BatchId = table.Column<int>(type: "INTEGER", nullable: false),
                    AccountId = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_people_batch_members", x => new { x.BatchId, x.AccountId });
                    table.ForeignKey(
                        name: "FK_people_batch_members_accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_people_batch_members_people_batches_BatchId",
                        column: x => x.BatchId,
                        principalTable: "people_batches",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_people_batch_members_AccountId",
                table: "people_batch_members",
                column: "AccountId");

            migrationBuilder.CreateIndex(
                name: "IX_people_batches_ProviderId_At",
                table: "people_batches",
                columns: new[] { "ProviderId", "At" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "people_batch_members");

            migrationBuilder.DropTable(
                name: "people_batches");

            migrationBuilder.DropColumn(
                name: "PauseEndsAt",
                table: "providers");

            migrationBuilder.DropColumn(
                name: "PausedAt",
                table: "providers");

            migrationBuilder.DropColumn(
                name: "PausedBy",
                table: "providers");

            migrationBuilder.DropColumn(
                name: "BlockedAt",
                table: "accounts");

            migrationBuilder.DropColumn(
                name: "BlockedBy",
                table: "accounts");

            migrationBuilder.DropColumn(
                name: "Language",
                table: "accounts");

            migrationBuilder.DropColumn(
                name: "TimeZone",
                table: "accounts");
        }
    }
}
