using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SQLitePCL;

namespace NinjaIam.Core.Storage;

/// <summary>The database file: opens connections with the settings that everything relies on.</summary>
public sealed class SqliteDatabase : IDbContextFactory<NinjaIamDbContext>, IReadSessions, IDisposable
{
    public const string FileName = "ninjaiam.db";

    // Each keeps a page cache of its own; more than the processors can use at once only cost memory.
    private static readonly int MostIdleReaders = Math.Max(4, 2 * Environment.ProcessorCount);

    private const long FullSynchronous = 2;

    // How long a statement waits for another process, a command for example, to end its transaction.
    private const int BusyMilliseconds = 30_000;

    // SQLITE_DBCONFIG_ENABLE_QPSG: how a statement is carried out never depends on the values it is given.
    private const int StablePlans = 1007;

    private readonly ConcurrentBag<ReadSession> _idleReaders = [];
    private bool _isDisposed;

    private readonly string _connectionString;
    private readonly DbContextOptions<SqliteNinjaIamDbContext> _options;
    private readonly Action<SqliteConnection> _prepareReader;

    public SqliteDatabase(IOptions<StorageOptions> options)
    {
        File = Path.Combine(options.Value.DataDirectory, FileName);
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = File,
            ForeignKeys = true,
            Pooling = true,
            DefaultTimeout = 30,
        }.ToString();
        _options = new DbContextOptionsBuilder<SqliteNinjaIamDbContext>()
            .UseSqlite(_connectionString, sqlite => sqlite.MigrationsHistoryTable(MigrationState.Table))
            .AddInterceptors(new ReadDeadlineInterceptor(options.Value.ReadDeadline))
            .Options;
        ReadDeadline = options.Value.ReadDeadline;
        _prepareReader = options.Value.PrepareReader;
    }

    /// <summary>Full path of the database file.</summary>
    public string File { get; }

    internal TimeSpan ReadDeadline { get; }

    /// <summary>A context for reading. Use one per operation and dispose it; saving through it throws.</summary>
    public NinjaIamDbContext CreateDbContext() => new SqliteNinjaIamDbContext(_options);

    /// <inheritdoc/>
    public async Task<ReadSession> OpenReaderAsync(CancellationToken cancellationToken)
    {
        if (_idleReaders.TryTake(out var idle))
        {
            idle.RestartDeadline();
            return idle;
        }

        var connection = await OpenUnpooledAsync(cancellationToken);
        _prepareReader(connection);
        return new ReadSession(connection, ReadDeadline, GiveBackAsync);
    }

    /// <summary>The writer's own connection: never pooled, so that its settings live as long as it does.</summary>
    internal async Task<SqliteConnection> OpenWriterAsync(CancellationToken cancellationToken)
    {
        var connection = await OpenUnpooledAsync(cancellationToken);
        await using var settings = connection.CreateCommand();
        settings.CommandText = """
            PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;
            PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864;
            """;
        await settings.ExecuteNonQueryAsync(cancellationToken);
        await RefuseUnlessDurableAsync(connection, cancellationToken);
        return connection;
    }

    /// <exception cref="UnusableStorageException">What is committed on the connection would not survive a power cut.</exception>
    internal static async Task RefuseUnlessDurableAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        await using var mode = connection.Statement("PRAGMA journal_mode");
        await using var synchronous = connection.Statement("PRAGMA synchronous");
        if (await mode.ExecuteScalarAsync() is not "wal" || await synchronous.ExecuteScalarAsync() is not FullSynchronous)
        {
            throw new UnusableStorageException(
                $"{connection.DataSource} can't be written so that it survives a power cut: SQLite refuses its write-ahead log or to wait "
                    + "for the disk. Keep the data directory on a local disk, not on a network file system."
            );
        }
    }

    internal static SqliteNinjaIamDbContext CreateWriterContext(SqliteConnection connection) =>
        new(new DbContextOptionsBuilder<SqliteNinjaIamDbContext>().UseSqlite(connection).Options);

    internal SqliteNinjaIamDbContext CreateMigrationContext() =>
        new(
            new DbContextOptionsBuilder<SqliteNinjaIamDbContext>()
                .UseSqlite(_connectionString, sqlite => sqlite.MigrationsHistoryTable(MigrationState.Table))
                .Options
        );

    public void Dispose()
    {
        _isDisposed = true;
        while (_idleReaders.TryTake(out var reader))
        {
            reader.Close();
        }
    }

    internal async Task<SqliteConnection> OpenUnpooledAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(_connectionString) { Pooling = false }.ToString());
        await connection.OpenAsync(cancellationToken);
        raw.sqlite3_busy_timeout(connection.Handle, BusyMilliseconds);
        // Else a kept statement is compiled anew each time a LIMIT gets its value.
        raw.sqlite3_db_config(connection.Handle, StablePlans, 1, out _);
        return connection;
    }

    private ValueTask GiveBackAsync(ReadSession reader)
    {
        if (_isDisposed || _idleReaders.Count >= MostIdleReaders)
        {
            reader.Close();
        }
        else
        {
            _idleReaders.Add(reader);
        }

        return ValueTask.CompletedTask;
    }
}
