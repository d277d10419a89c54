using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace NinjaIam.Core.Storage;

public static class StorageServices
{
    /// <summary>Registers the database and the write path. <see cref="StorageOptions"/> must be configured with a data directory.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddSingleton<SqliteDatabase>();
        services.AddSingleton<IDbContextFactory<NinjaIamDbContext>>(provider => provider.GetRequiredService<SqliteDatabase>());
        services.AddSingleton<SqliteWritePath>();
        services.AddSingleton<IWritePath>(provider => provider.GetRequiredService<SqliteWritePath>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<SqliteWritePath>());
        services.AddHostedService<RememberedRefresh>();
        return services;
    }

    /// <summary>Creates the data directory if needed and brings the database to this version's shape. Runs before the portal serves.</summary>
    public static async Task PrepareStorageAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        var database = services.GetRequiredService<SqliteDatabase>();
        DataDirectory.Create(Path.GetDirectoryName(database.File)!);
        await using var context = database.CreateMigrationContext();
        await context.Database.MigrateAsync(cancellationToken);
    }
}
