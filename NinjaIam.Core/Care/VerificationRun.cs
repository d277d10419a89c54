using Microsoft.Data.Sqlite;
using NinjaIam.Core.Storage;

namespace NinjaIam.Core.Care;

/// <summary>One verification: the snapshot that its checks read, and what they found so far.</summary>
internal sealed class VerificationRun(SqliteConnection connection, IVerificationListener listener) : IDisposable
{
    // Of damage that repeats itself, these tell enough.
    private const int MostToldOfEach = 100;
    private const int RowsBetweenReports = 1_000;

    private readonly PreparedStatements _statements = new(connection);
    private readonly SqliteTransaction _snapshot = connection.BeginTransaction(deferred: true);
    private long _found;
    private long _checked;

    public long Findings { get; private set; }

    public SqlStatement Statement(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        _statements.Get(sql, parameters);

    /// <summary>Runs one check. What can't be read is a finding of it, and the next one runs all the same.</summary>
    public async Task CheckAsync(string what, Func<Task> check)
    {
        (_found, _checked) = (0, 0);
        await listener.BeginsAsync(what);
        try
        {
            await check();
        }
        catch (SqliteException exception) when (StorageFailure.IsDamage(exception))
        {
            await FoundAsync($"The file is damaged: {exception.Message}");
        }

        if (_found > MostToldOfEach)
        {
            await listener.FoundAsync($"And {_found - MostToldOfEach} more of this kind.");
        }
    }

    public async Task FoundAsync(string finding)
    {
        Findings++;
        if (++_found <= MostToldOfEach)
        {
            await listener.FoundAsync(finding);
        }
    }

    public async Task CheckedAsync()
    {
        if (++_checked % RowsBetweenReports == 0)
        {
            await listener.CheckedAsync(_checked);
        }
    }

    public void Dispose()
    {
        _statements.Dispose();
        _snapshot.Dispose();
    }
}
