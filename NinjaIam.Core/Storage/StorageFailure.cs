using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace NinjaIam.Core.Storage;

/// <summary>Failures that are the disk's and not the request's: nothing of the operation is stored, and it may be sent again.</summary>
public static class StorageFailure
{
    /// <summary>There is no room for what should be written.</summary>
    public static bool IsFull(Exception exception) => CodeOf(exception) == raw.SQLITE_FULL;

    /// <summary>The database can't be read or written now, for whatever reason outside of it.</summary>
    public static bool IsUnavailable(Exception exception) =>
        CodeOf(exception)
            is raw.SQLITE_FULL
                or raw.SQLITE_IOERR
                or raw.SQLITE_READONLY
                or raw.SQLITE_CANTOPEN
                or raw.SQLITE_BUSY
                or raw.SQLITE_LOCKED
                or raw.SQLITE_NOMEM
                or raw.SQLITE_PERM;

    /// <summary>What the file holds is no database, or not a whole one.</summary>
    public static bool IsDamage(Exception exception) => CodeOf(exception) is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    // EF wraps what the database says.
    private static int? CodeOf(Exception? exception) =>
        exception switch
        {
            null => null,
            SqliteException failure => failure.SqliteErrorCode,
            _ => CodeOf(exception.InnerException),
        };
}
