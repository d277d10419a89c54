using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using NinjaIam.Core.Storage;

namespace NinjaIam.Tests.Support;

/// <summary>Reads of a database that a test can let fail, or hold back after their rows were read.</summary>
public sealed class WatchedReads(SqliteDatabase database) : DbCommandInterceptor, IDbContextFactory<NinjaIamDbContext>
{
    private TaskCompletionSource? _hold;

    /// <summary>What every read throws, while it is set.</summary>
    public Exception? Failure { get; set; }

    public NinjaIamDbContext CreateDbContext() =>
        Failure is null
            ? new SqliteNinjaIamDbContext(
                new DbContextOptionsBuilder<SqliteNinjaIamDbContext>()
                    .UseSqlite($"Data Source={database.File}")
                    .AddInterceptors(this)
                    .Options
            )
            : throw Failure;

    /// <summary>Holds the next read back, its rows already read, until the source is completed.</summary>
    public TaskCompletionSource HoldNext() => _hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public override async ValueTask<InterceptionResult> DataReaderClosingAsync(
        DbCommand command,
        DataReaderClosingEventData eventData,
        InterceptionResult result
    )
    {
        if (Interlocked.Exchange(ref _hold, null) is { } hold)
        {
            await hold.Task;
        }

        return result;
    }
}
