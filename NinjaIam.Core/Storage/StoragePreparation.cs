using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NinjaIam.Core.Storage.Backups;

namespace NinjaIam.Core.Storage;

/// <summary>What has to be done and to be true before the program serves.</summary>
internal sealed partial class StoragePreparation(SqliteDatabase database, TimeProvider clock, ILogger<StoragePreparation> logger)
    : IDisposable
{
    private const string BackupsDirectory = "backups";
    private const string BeforeUpgrade = "before-upgrade-";
    private const int KeptBackups = 3;

    private readonly string _directory = Path.GetDirectoryName(database.File)!;
    private DataDirectoryLock? _use;

    /// <exception cref="UnusableStorageException">The program can't work with what is there; the message says what to do.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            DataDirectory.Create(_directory);
            Share();
            if ((await StateAsync(cancellationToken)).Pending.Count > 0)
            {
                await UpgradeAsync(cancellationToken);
            }

            await using var writer = await database.OpenWriterAsync(cancellationToken);
            await using var writable = writer.BeginTransaction(deferred: false);
        }
        catch (Exception exception) when (StorageFailure.IsUnavailable(exception) || StorageFailure.IsDamage(exception))
        {
            throw new UnusableStorageException($"The database {database.File} can't be used: {exception.Message}", exception);
        }
    }

    public void Dispose() => _use?.Dispose();

    private void Share() =>
        _use ??=
            DataDirectoryLock.TryShare(_directory)
            ?? throw new UnusableStorageException($"A restore or an upgrade is running on {_directory}. Wait until it has ended.");

    private async Task<MigrationState> StateAsync(CancellationToken cancellationToken)
    {
        Restoration.RefuseUnfinished(_directory);
        await using var connection = await database.OpenUnpooledAsync(cancellationToken);
        var state = await MigrationState.ReadAsync(connection.Statement, cancellationToken);
        state.RefuseNewer(database.File);
        return state;
    }

    private async Task UpgradeAsync(CancellationToken cancellationToken)
    {
        _use?.Dispose();
        _use = null;
        using (
            DataDirectoryLock.TryTakeAlone(_directory)
                ?? throw new UnusableStorageException(
                    $"The database in {_directory} has to be upgraded, and another NinjaIam is running on it. Stop that one first."
                )
        )
        {
            var state = await StateAsync(cancellationToken);
            if (!state.IsNew && state.Pending.Count > 0)
            {
                await BackUpAsync(state.Last!, cancellationToken);
            }

            await MigrateAsync(cancellationToken);
        }

        Share();
    }

    private async Task BackUpAsync(string migration, CancellationToken cancellationToken)
    {
        var backups = Path.Combine(_directory, BackupsDirectory);
        DataDirectory.Create(backups);
        var stamp = clock.GetUtcNow().ToString("yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture);
        var target = Path.Combine(backups, BeforeUpgrade + stamp);
        await Backup.TakeAsync(_directory, target, clock, cancellationToken);
        Upgrading(migration, target);
        var older = Directory.EnumerateDirectories(backups, BeforeUpgrade + "*").OrderDescending(StringComparer.Ordinal).Skip(KeptBackups);
        foreach (var backup in older.ToList())
        {
            Directory.Delete(backup, recursive: true);
        }
    }

    private async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var context = database.CreateMigrationContext();
        await using (var connection = await database.OpenUnpooledAsync(cancellationToken))
        {
            // EF waits for ever for a migration that was killed. Nobody else migrates: the directory is ours alone.
            if (await MigrationState.HasTableAsync(connection.Statement, "__EFMigrationsLock", cancellationToken))
            {
                await using var release = connection.Statement("""DELETE FROM "__EFMigrationsLock" """);
                await release.ExecuteNonQueryAsync();
            }
        }

        await context.Database.MigrateAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The database of {Migration} is upgraded. As it was, it is kept in {Backup}.")]
    private partial void Upgrading(string migration, string backup);
}
