using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace NinjaIam.Core.Storage;

/// <summary>The database file: opens connections with the settings that everything relies on.</summary>
public sealed class SqliteDatabase : IDbContextFactory<NinjaIamDbContext>
{
    public const string FileName = "ninjaiam.db";

    private readonly string _connectionString;
    private readonly DbContextOptions<SqliteNinjaIamDbContext> _options;

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
            .UseSqlite(_connectionString, sqlite => sqlite.MigrationsHistoryTable("migrations_history"))
            .AddInterceptors(new ReadDeadlineInterceptor(options.Value.ReadDeadline))
            .Options;
        ReadDeadline = options.Value.ReadDeadline;
    }

    /// <summary>Full path of the database file.</summary>
    public string File { get; }

    internal TimeSpan ReadDeadline { get; }

    /// <summary>A context for reading. Use one per operation and dispose it; saving through it throws.</summary>
    public NinjaIamDbContext CreateDbContext() => new SqliteNinjaIamDbContext(_options);

    /// <summary>A connection for one read. It gives up with SQLITE_INTERRUPT after the configured deadline.</summary>
    public async Task<SqliteConnection> OpenReaderAsync(CancellationToken cancellationToken)
    {
        var connection = await OpenAsync(cancellationToken);
        SqliteDeadline.Set(connection, ReadDeadline);
        return connection;
    }

    internal async Task<SqliteConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(_connectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    /// <summary>The writer's own connection: never pooled, so that its settings live as long as it does.</summary>
    internal async Task<SqliteConnection> OpenWriterAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(_connectionString) { Pooling = false }.ToString());
        await connection.OpenAsync(cancellationToken);
        await using var settings = connection.CreateCommand();
        settings.CommandText =
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;";
        await settings.ExecuteNonQueryAsync(cancellationToken);
        return connection;
    }

    internal static SqliteNinjaIamDbContext CreateWriterContext(SqliteConnection connection) =>
        new(new DbContextOptionsBuilder<SqliteNinjaIamDbContext>().UseSqlite(connection).Options);

    internal SqliteNinjaIamDbContext CreateMigrationContext() =>
        new(
            new DbContextOptionsBuilder<SqliteNinjaIamDbContext>()
                .UseSqlite(_connectionString, sqlite => sqlite.MigrationsHistoryTable("migrations_history"))
                .Options
        );
}
