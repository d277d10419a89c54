using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace NinjaIam.Core.Storage;

/// <summary>
/// Ends a statement that runs too long. Command time-outs and cancellation tokens do not interrupt SQLite while it computes;
/// its progress handler does.
/// </summary>
internal static class SqliteDeadline
{
    private const int InstructionsBetweenChecks = 10_000;

    public static void Set(SqliteConnection connection, TimeSpan deadline)
    {
        var started = Stopwatch.GetTimestamp();
        raw.sqlite3_progress_handler(
            connection.Handle,
            InstructionsBetweenChecks,
            _ => Stopwatch.GetElapsedTime(started) > deadline ? 1 : 0,
            null
        );
    }
}
