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
        services.AddSingleton<StoragePreparation>();
        services.AddSingleton<IDbContextFactory<NinjaIamDbContext>>(provider => provider.GetRequiredService<SqliteDatabase>());
        services.AddSingleton<IReadSessions>(provider => provider.GetRequiredService<SqliteDatabase>());
        services.AddSingleton<SqliteWritePath>();
        services.AddSingleton<IWritePath>(provider => provider.GetRequiredService<SqliteWritePath>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<SqliteWritePath>());
        services.AddHostedService<RememberedRefresh>();
        return services;
    }

    /// <summary>
    /// Creates the data directory if needed and brings the database to this version's shape, after a backup of what it was. Runs before the
    /// portal serves.
    /// </summary>
    /// <exception cref="UnusableStorageException">The program can't work with what is there; the message says what to do.</exception>
    public static Task PrepareStorageAsync(this IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<StoragePreparation>().RunAsync(cancellationToken);
}
