using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NinjaIam.Core.Storage.Migrations
{
    /// <inheritdoc />
    public partial class SamlSignIn : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "AllowsUnsolicitedSignIn",
                table: "providers",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "ClockSkewMinutes",
                table: "providers",
                type: "INTEGER",
                nullable: false,
                defaultValue: 2);

            migrationBuilder.AddColumn<long>(
                name: "ConnectionTestedAt",
                table: "providers",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ConnectionTestedBy",
                table: "providers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsDefaultForSignIn",
                table: "providers",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "SingleSignOnFirstEnabledAt",
                table: "providers",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "SingleSignOnSince",
                table: "providers",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "UserNameAttribute",
                table: "providers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "saml_keys",
                columns: table => new
                {
                    Id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Certificate = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ProtectedKey = table.Column<byte[]>(type: "BLOB", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_saml_keys", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "saml_used_messages",
                columns: table => new
                {
                    ProviderId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Digest = table.Column<byte[]>(type: "BLOB", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_saml_used_messages", x => new { x.ProviderId, x.Digest });
                    table.ForeignKey(
                        name: "FK_saml_used_messages_providers_ProviderId",
                        column: x => x.ProviderId,
                        principalTable: "providers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_saml_used_messages_ExpiresAt",
                table: "saml_used_messages",
                column: "ExpiresAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "saml_keys");

            migrationBuilder.DropTable(
                name: "saml_used_messages");

            migrationBuilder.DropColumn(
                name: "AllowsUnsolicitedSignIn",
                table: "providers");

            migrationBuilder.DropColumn(
                name: "ClockSkewMinutes",
                table: "providers");

            migrationBuilder.DropColumn(
                name: "ConnectionTestedAt",
                table: "providers");

            migrationBuilder.DropColumn(
                name: "ConnectionTestedBy",
                table: "providers");

            migrationBuilder.DropColumn(
                name: "IsDefaultForSignIn",
                table: "providers");

            migrationBuilder.DropColumn(
                name: "SingleSignOnFirstEnabledAt",
                table: "providers");

            migrationBuilder.DropColumn(
                name: "SingleSignOnSince",
                table: "providers");

            migrationBuilder.DropColumn(
                name: "UserNameAttribute",
                table: "providers");
        }
    }
}
