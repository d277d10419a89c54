using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NinjaIam.Core;
using NinjaIam.Core.Storage;

namespace NinjaIam.Tests.Support;

/// <summary>
/// An empty database of this version, made once and copied from then on: taking an empty file through every migration costs more than most
/// tests. Those that are about migrations, or about starting for the first time, begin with nothing.
/// </summary>
internal static class MigratedDatabase
{
    private static readonly Lazy<Task<byte[]>> Content = new(MakeAsync);

    /// <summary>Puts it into a data directory that has no database yet.</summary>
    public static async Task CopyToAsync(string directory)
    {
        var file = Path.Combine(directory, SqliteDatabase.FileName);
        if (!File.Exists(file))
        {
            DataDirectory.Create(directory);
            await File.WriteAllBytesAsync(file, await Content.Value);
        }
    }

    private static async Task<byte[]> MakeAsync()
    {
        var directory = Path.Combine(Path.GetTempPath(), $"ninjaiam-test-{Guid.NewGuid():N}");
        var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System);
        services.Configure<StorageOptions>(options => options.DataDirectory = directory);
        services.AddNinjaIamCore(new ConfigurationBuilder().Build());
        await using (var provider = services.BuildServiceProvider())
        {
            await provider.PrepareStorageAsync(CancellationToken.None);
        }

        SqliteConnection.ClearAllPools();
        var file = Path.Combine(directory, SqliteDatabase.FileName);
        await using (var connection = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var checkpoint = connection.Statement("PRAGMA wal_checkpoint(TRUNCATE)");
            await checkpoint.ExecuteNonQueryAsync();
        }

        var content = await File.ReadAllBytesAsync(file);
        Directory.Delete(directory, recursive: true);
        return content;
    }
}
