using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace NinjaIam.Core.Storage;

/// <summary>
/// One compiled statement with its parameters. It talks to SQLite directly: a create is a dozen statements, and a provider-neutral command
/// does much around each of them. SQLite computes on the caller's thread, so the tasks are always done. Dispose it after use; that makes
/// it free to be used again.
/// </summary>
public sealed class SqlStatement : IDisposable, IAsyncDisposable
{
    private const int MostOnStack = 512;

    // SQLITE_STMTSTATUS_REPREPARE
    private const int TimesPreparedAgain = 5;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly bool _isKept;
    private readonly SqlRows _rows;
    private int[]? _places;

    /// <param name="isKept">Whether it outlives its use, until <see cref="Retire"/>.</param>
    internal SqlStatement(SqliteConnection connection, string sql, bool isKept)
    {
        _database = connection.Handle ?? throw new InvalidOperationException("The connection is closed.");
        _isKept = isKept;
        // Callers pass constants or text made by the filter translator, which never contains a client's value.
        var flags = isKept ? (uint)raw.SQLITE_PREPARE_PERSISTENT : 0;
        Check(raw.sqlite3_prepare_v3(_database, Encoding.UTF8.GetBytes(sql), flags, out _statement!, out var rest));
        if (!string.IsNullOrWhiteSpace(Encoding.UTF8.GetString(rest)))
        {
            _statement.Dispose();
            throw new ArgumentException("One statement at a time.", nameof(sql));
        }

        _rows = new SqlRows(this, _statement);
    }

    internal bool IsTaken { get; private set; }

    /// <summary>How often SQLite has compiled it again by itself.</summary>
    internal int Recompilations => raw.sqlite3_stmt_status(_statement, TimesPreparedAgain, 0);

    public ValueTask<int> ExecuteNonQueryAsync() => new(ExecuteNonQuery());

    /// <summary>Runs it to its end and answers how many rows it changed.</summary>
    public int ExecuteNonQuery()
    {
        while (Step()) { }

        Reset();
        return raw.sqlite3_changes(_database);
    }

    /// <summary>Inserts one row and answers its rowid. RETURNING would do the same with a table of its own for every run.</summary>
    public long ExecuteInsert()
    {
        ExecuteNonQuery();
        return raw.sqlite3_last_insert_rowid(_database);
    }

    /// <summary>The first column of the first row as long, double, string or byte[]; null when it is NULL or there is no row.</summary>
    public ValueTask<object?> ExecuteScalarAsync() => new(ExecuteScalar());

    /// <inheritdoc cref="ExecuteScalarAsync"/>
    public object? ExecuteScalar()
    {
        var value = Step() ? _rows.GetValue(0) : null;
        Reset();
        return value;
    }

    public ValueTask<SqlRows> ExecuteReaderAsync() => new(ExecuteReader());

    public SqlRows ExecuteReader() => _rows;

    public void Dispose()
    {
        if (!_isKept)
        {
            _statement.Dispose();
            return;
        }

        Reset();
        IsTaken = false;
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Ends it for good.</summary>
    internal void Retire() => _statement.Dispose();

    /// <summary>Sets the parameters. They are given in the same order each time; names that the statement does not use are passed over.</summary>
    internal void Take(ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        _places ??= PlacesOf(parameters);
        for (var index = 0; index < parameters.Length; index++)
        {
            if (_places[index] > 0)
            {
                Check(Bind(_places[index], parameters[index].Value));
            }
        }

        IsTaken = true;
    }

    /// <summary>Moves to the next row; false at the end.</summary>
    internal bool Step()
    {
        var result = raw.sqlite3_step(_statement);
        if (result == raw.SQLITE_ROW)
        {
            return true;
        }

        if (result != raw.SQLITE_DONE)
        {
            var failure = Failure(result);
            Reset();
            throw failure;
        }

        return false;
    }

    // A statement that failed says so once more here, which is known already.
    internal void Reset() => raw.sqlite3_reset(_statement);

    private int[] PlacesOf(ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var places = new int[parameters.Length];
        for (var index = 0; index < parameters.Length; index++)
        {
            places[index] = raw.sqlite3_bind_parameter_index(_statement, parameters[index].Name);
        }

        return places.Count(place => place > 0) == raw.sqlite3_bind_parameter_count(_statement)
            ? places
            : throw new InvalidOperationException("The statement has parameters that were not given.");
    }

    private int Bind(int place, object? value) =>
        value switch
        {
            null => raw.sqlite3_bind_null(_statement, place),
            string text => BindText(place, text),
            long number => raw.sqlite3_bind_int64(_statement, place, number),
            int number => raw.sqlite3_bind_int64(_statement, place, number),
            bool flag => raw.sqlite3_bind_int64(_statement, place, flag ? 1 : 0),
            Guid id => BindId(place, id),
            DateTimeOffset instant => raw.sqlite3_bind_int64(_statement, place, instant.UtcTicks),
            byte[] bytes => raw.sqlite3_bind_blob(_statement, place, bytes),
            double number => raw.sqlite3_bind_double(_statement, place, number),
            decimal number => raw.sqlite3_bind_double(_statement, place, (double)number),
            Enum member => raw.sqlite3_bind_int64(_statement, place, Convert.ToInt64(member, CultureInfo.InvariantCulture)),
            _ => throw new ArgumentException($"A {value.GetType().Name} can't be stored.", nameof(value)),
        };

    private int BindId(int place, Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return raw.sqlite3_bind_blob(_statement, place, bytes);
    }

    private int BindText(int place, string text)
    {
        var longest = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (longest <= MostOnStack)
        {
            Span<byte> bytes = stackalloc byte[MostOnStack];
            return raw.sqlite3_bind_text(_statement, place, bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
        }

        var rented = ArrayPool<byte>.Shared.Rent(longest);
        try
        {
            return raw.sqlite3_bind_text(_statement, place, rented.AsSpan(0, Encoding.UTF8.GetBytes(text, rented)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            throw Failure(result);
        }
    }

    private SqliteException Failure(int result) =>
        new(raw.sqlite3_errmsg(_database).utf8_to_string(), result, raw.sqlite3_extended_errcode(_database));
}

/// <summary>The rows of a statement, read one by one.</summary>
public sealed class SqlRows : IDisposable, IAsyncDisposable
{
    private readonly SqlStatement _statement;
    private readonly sqlite3_stmt _handle;

    internal SqlRows(SqlStatement statement, sqlite3_stmt handle) => (_statement, _handle) = (statement, handle);

    public ValueTask<bool> ReadAsync() => new(Read());

    /// <summary>Moves to the next row; false when there is none.</summary>
    public bool Read() => _statement.Step();

    public int FieldCount => raw.sqlite3_column_count(_handle);

    public bool IsDBNull(int column) => raw.sqlite3_column_type(_handle, column) == raw.SQLITE_NULL;

    public long GetInt64(int column) => raw.sqlite3_column_int64(_handle, column);

    public int GetInt32(int column) => checked((int)GetInt64(column));

    public bool GetBoolean(int column) => GetInt64(column) != 0;

    public double GetDouble(int column) => raw.sqlite3_column_double(_handle, column);

    /// <summary>The text of a column that is never NULL.</summary>
    public string GetString(int column) =>
        GetText(column) ?? throw new InvalidOperationException($"Column {column} is NULL where a text was expected.");

    public string? GetText(int column) => IsDBNull(column) ? null : raw.sqlite3_column_text(_handle, column).utf8_to_string();

    /// <summary>The bytes of a BLOB, or of a text in UTF-8.</summary>
    public byte[] GetBytes(int column) => raw.sqlite3_column_blob(_handle, column).ToArray();

    public Guid GetId(int column) => new(raw.sqlite3_column_blob(_handle, column), bigEndian: true);

    public DateTimeOffset GetInstant(int column) => new(GetInt64(column), TimeSpan.Zero);

    /// <summary>long, double, string, byte[], or null.</summary>
    public object? GetValue(int column) =>
        raw.sqlite3_column_type(_handle, column) switch
        {
            raw.SQLITE_INTEGER => GetInt64(column),
            raw.SQLITE_FLOAT => GetDouble(column),
            raw.SQLITE_TEXT => GetText(column),
            raw.SQLITE_BLOB => GetBytes(column),
            _ => null,
        };

    public void Dispose() => _statement.Reset();

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
