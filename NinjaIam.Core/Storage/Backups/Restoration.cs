using System.Globalization;
using Microsoft.Data.Sqlite;

namespace NinjaIam.Core.Storage.Backups;

/// <summary>
/// Puts a backup in the place of what an installation stores. What was there is kept in the data directory, which may be a mounted volume
/// that nothing can be moved out of.
/// </summary>
public static class Restoration
{
    private const string Copied = "restoring.copy";
    private const string Begun = "restoring";

    /// <param name="check">Looks at the database of the backup and answers whether it may be used.</param>
    /// <returns>Whether it was restored, and the directory with what was there before, or null when nothing was.</returns>
    /// <exception cref="UnusableStorageException">There is no backup, it is of a newer version, or the data directory is in use.</exception>
    public static async Task<(bool IsDone, string? Replaced)> RunAsync(
        string backup,
        string dataDirectory,
        TimeProvider clock,
        Func<string, Task<bool>> check,
        CancellationToken cancellationToken
    )
    {
        var manifest = await BackupManifest.ReadAsync(backup, cancellationToken);
        if (manifest.Version > BackupManifest.ProgramVersion)
        {
            throw new UnusableStorageException(
                $"{backup} was made by the newer version {manifest.Version} of NinjaIam. Use that version to restore it."
            );
        }

        DataDirectory.Create(dataDirectory);
        using var alone =
            DataDirectoryLock.TryTakeAlone(dataDirectory)
            ?? throw new UnusableStorageException($"NinjaIam is running on {dataDirectory}. Stop it first.");
        if (!await check(Path.Combine(backup, SqliteDatabase.FileName)))
        {
            return (false, null);
        }

        await CopyAsync(backup, dataDirectory, cancellationToken);
        return (true, Replace(dataDirectory, clock));
    }

    /// <exception cref="UnusableStorageException">A restore ended in the middle, and the directory holds half of each.</exception>
    internal static void RefuseUnfinished(string dataDirectory)
    {
        if (Directory.Exists(Path.Combine(dataDirectory, Begun)))
        {
            throw new UnusableStorageException($"A restore to {dataDirectory} was interrupted. Run it again.");
        }
    }

    private static async Task CopyAsync(string backup, string dataDirectory, CancellationToken cancellationToken)
    {
        var copy = Path.Combine(dataDirectory, Copied);
        try
        {
            Remove(copy);
            DataDirectory.Create(copy);
            await SafeFiles.CopyAsync(
                Path.Combine(backup, SqliteDatabase.FileName),
                Path.Combine(copy, SqliteDatabase.FileName),
                cancellationToken
            );
            await SafeFiles.CopyDirectoryAsync(DataDirectory.KeysIn(backup), DataDirectory.KeysIn(copy), cancellationToken);
        }
        catch (Exception exception)
        {
            Remove(copy);
            if (exception is IOException or UnauthorizedAccessException)
            {
                throw new UnusableStorageException($"The backup could not be copied: {exception.Message}", exception);
            }

            throw;
        }
    }

    /// <summary>Only renames from here on. Until the last one a portal refuses to start, and the restore can be run again.</summary>
    private static string? Replace(string dataDirectory, TimeProvider clock)
    {
        // A connection that is kept for later would go on with the file it has open, wherever that is moved to.
        SqliteConnection.ClearAllPools();
        var begun = Path.Combine(dataDirectory, Begun);
        Remove(begun);
        Directory.Move(Path.Combine(dataDirectory, Copied), begun);

        var stamp = clock.GetUtcNow().ToString("yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture);
        var replaced = Path.Combine(dataDirectory, $"replaced-{stamp}");
        var database = Path.Combine(dataDirectory, SqliteDatabase.FileName);
        foreach (var old in new[] { database, database + "-wal", database + "-shm", DataDirectory.KeysIn(dataDirectory) })
        {
            if (Path.Exists(old))
            {
                DataDirectory.Create(replaced);
                Directory.Move(old, Path.Combine(replaced, Path.GetFileName(old)));
            }
        }

        foreach (var restored in Directory.EnumerateFileSystemEntries(begun).ToList())
        {
            Directory.Move(restored, Path.Combine(dataDirectory, Path.GetFileName(restored)));
        }

        Directory.Delete(begun);
        return Directory.Exists(replaced) ? replaced : null;
    }

    private static void Remove(string directory)
    {
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
