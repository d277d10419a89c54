using Microsoft.Data.Sqlite;

namespace NinjaIam.Core.Storage.Backups;

/// <summary>
/// A copy of an installation, as a directory: the database of one instant in a single file, the keys, and a manifest. It is either there
/// as a whole or not at all.
/// </summary>
public static class Backup
{
    private const string Unfinished = ".unfinished";

    /// <summary>Copies the installation while a portal may write to it. All that was answered before is in the copy.</summary>
    /// <param name="target">The directory to make; nothing may be there yet.</param>
    /// <exception cref="UnusableStorageException">There is nothing to copy, or no place for it.</exception>
    public static async Task<BackupManifest> TakeAsync(
        string dataDirectory,
        string target,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var database = Path.Combine(dataDirectory, SqliteDatabase.FileName);
        if (!File.Exists(database))
        {
            throw new UnusableStorageException($"There is no installation in {dataDirectory}.");
        }

        if (Path.Exists(target))
        {
            throw new UnusableStorageException($"{target} is there already, and a backup overwrites nothing. Choose another place.");
        }

        var unfinished = target + Unfinished;
        try
        {
            Remove(unfinished);
            DataDirectory.Create(unfinished);
            var migration = await CopyDatabaseAsync(database, Path.Combine(unfinished, SqliteDatabase.FileName), cancellationToken);
            // After the database, so that no key is missing that something in it needs.
            await SafeFiles.CopyDirectoryAsync(DataDirectory.KeysIn(dataDirectory), DataDirectory.KeysIn(unfinished), cancellationToken);
            var manifest = new BackupManifest(BackupManifest.ProgramVersion, migration, clock.GetUtcNow());
            await manifest.WriteAsync(unfinished, cancellationToken);
            Directory.Move(unfinished, target);
            return manifest;
        }
        catch (Exception exception)
        {
            Remove(unfinished);
            if (exception is IOException or UnauthorizedAccessException or SqliteException)
            {
                throw new UnusableStorageException($"The backup could not be made: {exception.Message}", exception);
            }

            throw;
        }
    }

    /// <summary>Answers the last migration that the database has seen.</summary>
    private static async Task<string> CopyDatabaseAsync(string from, string to, CancellationToken cancellationToken)
    {
        await using (var source = await OpenAsync(from, SqliteOpenMode.ReadOnly, cancellationToken))
        {
            await SafeFiles.WriteAsync(to, _ => Task.CompletedTask);
            await using var target = await OpenAsync(to, SqliteOpenMode.ReadWrite, cancellationToken);
            source.BackupDatabase(target);
            // One file, that can be read where nobody can write.
            await using var mode = target.Statement("PRAGMA journal_mode = DELETE");
            await mode.ExecuteNonQueryAsync();
            var migrations = await MigrationState.ReadAsync(target.Statement, cancellationToken);
            await using (var copied = new FileStream(to, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            {
                copied.Flush(flushToDisk: true);
            }

            return migrations.Last ?? throw new UnusableStorageException($"{from} is no database of NinjaIam.");
        }
    }

    private static async Task<SqliteConnection> OpenAsync(string file, SqliteOpenMode mode, CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = file,
                Mode = mode,
                Pooling = false,
            }.ToString()
        );
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    private static void Remove(string directory)
    {
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
