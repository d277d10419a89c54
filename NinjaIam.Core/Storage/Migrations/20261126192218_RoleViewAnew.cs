using Microsoft.EntityFrameworkCore.Migrations;
using NinjaIam.Core.Accounts.Roles;

#nullable disable

namespace NinjaIam.Core.Storage.Migrations
{
    /// <inheritdoc />
    public partial class RoleViewAnew : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(RoleRoutes.Drop);
            migrationBuilder.Sql(RoleRoutes.Create);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // The rows of the view are what they were; only the way to them is another.
        }
    }
}
