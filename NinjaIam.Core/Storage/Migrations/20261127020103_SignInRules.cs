using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace NinjaIam.Core.Storage.Migrations
{
    /// <inheritdoc />
    public partial class SignInRules : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "SecondFactorAttribute",
                table: "providers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "SecondFactorProvedAt",
                table: "providers",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SecondFactorValue",
                table: "providers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "SkipsSecondFactor",
                table: "providers",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "RequiresSingleSignOn",
                table: "provider_domains",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "SecondFactorAttribute",
                table: "providers");

            migrationBuilder.DropColumn(
                name: "SecondFactorProvedAt",
                table: "providers");

            migrationBuilder.DropColumn(
                name: "SecondFactorValue",
                table: "providers");

            migrationBuilder.DropColumn(
                name: "SkipsSecondFactor",
                table: "providers");

            migrationBuilder.DropColumn(
                name: "RequiresSingleSignOn",
                table: "provider_domains");
        }
    }
}
