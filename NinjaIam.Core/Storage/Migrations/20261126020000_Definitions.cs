using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using NinjaIam.Core.Storage.Resources;

#nullable disable

namespace NinjaIam.Core.Storage.Migrations
{
    /// <summary>A table that only statements read and write: the model of EF is the same before and after.</summary>
    [DbContext(typeof(SqliteNinjaIamDbContext))]
    [Migration("20261126020000_Definitions")]
    public class Definitions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(StoredDefinitions.Create);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE definitions");
    }
}
