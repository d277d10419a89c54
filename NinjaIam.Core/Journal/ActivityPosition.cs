using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Journal;

/// <summary>
/// An instant or a line of Activities as a border in both tables: the first row of the journal, and the first refusal, that are not
/// older.
/// </summary>
internal readonly record struct ActivityPosition(long Seq, DateTimeOffset At, long Id)
{
    public static readonly ActivityPosition Oldest = new(0, DateTimeOffset.MinValue, 0);

    public static readonly ActivityPosition Newest = new(long.MaxValue, DateTimeOffset.MaxValue, 0);

    public static async Task<ActivityPosition> OfAsync(ReadSession reader, DateTimeOffset instant, CancellationToken cancellationToken) =>
        new(await FirstSinceAsync(reader, instant, cancellationToken), instant, 0);

    // Of one instant, refusals stand before changes.
    public static async Task<ActivityPosition> OfAsync(ReadSession reader, ActivityKey key, CancellationToken cancellationToken) =>
        key.IsRefused
            ? new(await FirstSinceAsync(reader, key.At.AddTicks(1), cancellationToken), key.At, key.Number)
            : new(key.Number, key.At, 0);

    /// <summary>
    /// The first row of the journal since an instant. Rows are appended in the order of time, so their own order is an index over it;
    /// another one would cost every write.
    /// </summary>
    private static async Task<long> FirstSinceAsync(ReadSession reader, DateTimeOffset instant, CancellationToken cancellationToken)
    {
        await using var last = reader.Statement("""SELECT COALESCE(MAX("Seq"), 0) FROM journal""");
        var (low, high) = (0L, (long)(await last.ExecuteScalarAsync())! + 1);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            await using var row = reader.Statement(
                """SELECT "At" FROM journal WHERE "Seq" >= $middle ORDER BY "Seq" LIMIT 1""",
                ("$middle", middle)
            );
            if ((long)(await row.ExecuteScalarAsync())! >= instant.UtcTicks)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }
}
