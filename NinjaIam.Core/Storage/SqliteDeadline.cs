using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace NinjaIam.Core.Storage;

/// <summary>
/// Ends a statement that runs too long. Command time-outs and cancellation tokens do not interrupt SQLite while it computes;
/// its progress handler does.
/// </summary>
internal sealed class SqliteDeadline
{
    private const int InstructionsBetweenChecks = 10_000;

    private readonly TimeSpan _deadline;
    private long _started = Stopwatch.GetTimestamp();

    private SqliteDeadline(TimeSpan deadline) => _deadline = deadline;

    public static bool WasMissed(SqliteException exception) => exception.SqliteErrorCode == raw.SQLITE_INTERRUPT;

    /// <summary>Starts the clock of a connection.</summary>
    public static SqliteDeadline Set(SqliteConnection connection, TimeSpan deadline)
    {
        var clock = new SqliteDeadline(deadline);
        raw.sqlite3_progress_handler(connection.Handle, InstructionsBetweenChecks, _ => clock.HasPassed() ? 1 : 0, null);
        return clock;
    }

    public void Restart() => _started = Stopwatch.GetTimestamp();

    private bool HasPassed() => Stopwatch.GetElapsedTime(_started) > _deadline;
}
