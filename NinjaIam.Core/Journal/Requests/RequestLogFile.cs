using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Journal.Requests;

/// <summary>
/// The database file of the request log, beside the installation's own and independent of it: it may be deleted while the program does
/// not run, and a failure of it reaches nothing else.
/// </summary>
public sealed class RequestLogFile(IOptions<StorageOptions> storage)
{
    public const string FileName = "requests.db";

    private const int CannotOpen = 14;

    private const string Schema = """
        PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA trusted_schema = OFF;
        PRAGMA cache_size = -4096; PRAGMA journal_size_limit = 16777216; PRAGMA busy_timeout = 5000;
        CREATE TABLE IF NOT EXISTS requests(
            seq INTEGER PRIMARY KEY, request_id TEXT NOT NULL, at INTEGER NOT NULL, provider BLOB NOT NULL, token TEXT NOT NULL,
            method TEXT NOT NULL, path TEXT NOT NULL, status INTEGER, duration INTEGER NOT NULL, address TEXT, agent TEXT, client_ids TEXT,
            request TEXT, request_size INTEGER NOT NULL, request_cut INTEGER NOT NULL,
            answer TEXT, answer_size INTEGER NOT NULL, answer_cut INTEGER NOT NULL, repairs TEXT, operations TEXT);
        CREATE UNIQUE INDEX IF NOT EXISTS requests_by_id ON requests(request_id);
        CREATE INDEX IF NOT EXISTS requests_by_provider ON requests(provider, at);
        CREATE INDEX IF NOT EXISTS refused_requests ON requests(provider, at) WHERE status >= 400;
        CREATE INDEX IF NOT EXISTS repaired_requests ON requests(provider, at) WHERE repairs IS NOT NULL;
        CREATE TABLE IF NOT EXISTS tallies(
            provider BLOB NOT NULL, minute INTEGER NOT NULL, speed INTEGER NOT NULL, requests INTEGER NOT NULL,
            PRIMARY KEY (provider, minute, speed)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS losses(minute INTEGER PRIMARY KEY, requests INTEGER NOT NULL);
        """;

    private readonly Lock _lock = new();
    private bool _isUpToDate;

    public string Path { get; } = System.IO.Path.Combine(storage.Value.DataDirectory, FileName);

    /// <summary>The writer's connection, with the tables made where they are missing.</summary>
    internal SqliteConnection OpenWriter()
    {
        var connection = Open(SqliteOpenMode.ReadWriteCreate);
        try
        {
            connection.RunScript(Schema);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A connection for one read, or null as long as nothing was ever logged.</summary>
    internal ReadSession? OpenReader()
    {
        try
        {
            return new ReadSession(Open(SqliteOpenMode.ReadWrite), storage.Value.ReadDeadline, CloseAsync);
        }
        catch (SqliteException failure) when (failure.SqliteErrorCode == CannotOpen && !File.Exists(Path))
        {
            return null;
        }
    }

    /// <summary>A file of an earlier version has not every column.</summary>
    private void BringUpToDate(SqliteConnection connection)
    {
        lock (_lock)
        {
            if (_isUpToDate)
            {
                return;
            }

            using var missing = connection.Statement(
                "SELECT COUNT(*) > 0 AND SUM(name = 'operations') = 0 FROM pragma_table_info('requests')"
            );
            if (missing.ExecuteScalar() is 1L)
            {
                using var add = connection.Statement("ALTER TABLE requests ADD COLUMN operations TEXT");
                add.ExecuteNonQuery();
            }

            _isUpToDate = true;
        }
    }

    private SqliteConnection Open(SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = Path,
                Mode = mode,
                Pooling = false,
            }.ToString()
        );
        try
        {
            connection.Open();
            BringUpToDate(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static ValueTask CloseAsync(ReadSession session)
    {
        session.Close();
        return ValueTask.CompletedTask;
    }
}
