using Microsoft.EntityFrameworkCore.Migrations;
using NinjaIam.Core.Accounts.Roles;

#nullable disable

namespace NinjaIam.Core.Storage.Migrations
{
    /// <inheritdoc />
    public partial class MappedRoles : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "WaitingSince",
                table: "role_grants",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "role_mappings",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    ProviderId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    RoleId = table.Column<int>(type: "INTEGER", nullable: false),
                    GroupId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Attribute = table.Column<string>(type: "TEXT", nullable: true),
                    ListPath = table.Column<string>(type: "TEXT", nullable: true),
                    ValuePath = table.Column<string>(type: "TEXT", nullable: true),
                    Value = table.Column<string>(type: "TEXT", nullable: true),
                    CreatedBy = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_role_mappings", x => x.Id);
                    table.ForeignKey(
                        name: "FK_role_mappings_providers_ProviderId",
                        column: x => x.ProviderId,
                        principalTable: "providers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_role_mappings_roles_RoleId",
                        column: x => x.RoleId,
                        principalTable: "roles",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_role_mappings_GroupId_RoleId",
                table: "role_mappings",
                columns: new[] { "GroupId", "RoleId" });

            migrationBuilder.CreateIndex(
                name: "IX_role_mappings_ProviderId",
                table: "role_mappings",
                column: "ProviderId");

            migrationBuilder.CreateIndex(
                name: "IX_role_mappings_RoleId",
                table: "role_mappings",
                column: "RoleId");

            migrationBuilder.Sql(RoleRoutes.Create);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(RoleRoutes.Drop);

            migrationBuilder.DropTable(
                name: "role_mappings");

            migrationBuilder.DropColumn(
                name: "WaitingSince",
                table: "role_grants");
        }
    }
}
