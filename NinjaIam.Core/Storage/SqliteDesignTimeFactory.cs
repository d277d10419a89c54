using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace NinjaIam.Core.Storage;

/// <summary>Lets <c>dotnet ef migrations add</c> build the model without starting the portal.</summary>
internal sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<SqliteNinjaIamDbContext>
{
    public SqliteNinjaIamDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteNinjaIamDbContext>().UseSqlite("Data Source=:memory:").Options);
}
