using Microsoft.Data.Sqlite;
using NinjaIam.Core.Provisioning;
using NinjaIam.Core.Storage;
using NinjaIam.Core.Storage.Resources;

namespace NinjaIam.Core.Care;

/// <param name="Findings">How many things are wrong.</param>
/// <param name="WasOlder">The database is of an older version, so that only its file could be checked.</param>
public sealed record VerificationResult(long Findings, bool WasOlder);

/// <summary>
/// Checks that a database says everywhere the same: the file itself, the directory and what follows from its documents, and the chain of
/// the journal. It reads one snapshot row by row and writes nothing, so it may run beside a portal.
/// </summary>
public static class DatabaseVerification
{
    /// <exception cref="UnusableStorageException">There is no database of this program, or one of a newer version.</exception>
    public static async Task<VerificationResult> RunAsync(string file, IVerificationListener listener, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(file, cancellationToken);
        using var run = new VerificationRun(connection, listener);
        MigrationState? migrations = null;
        await run.CheckAsync(
            "the database file",
            async () =>
            {
                migrations = await MigrationState.ReadAsync(run.Statement, cancellationToken);
                migrations.RefuseNewer(file);
                await FileCheck.RunAsync(run);
            }
        );
        switch (migrations)
        {
            case null:
                return new VerificationResult(run.Findings, WasOlder: false);
            case { IsNew: true }:
                throw new UnusableStorageException($"{file} is no database of NinjaIam.");
            case { Pending.Count: > 0 }:
                return new VerificationResult(run.Findings, WasOlder: true);
            default:
                break;
        }

        await run.CheckAsync(
            "resources",
            async () =>
            {
                var definitions = await StoredDefinitions.ReadAsync(run.Statement);
                await ResourceCheck.RunAsync(run, DefinitionChange.Former(definitions));
            }
        );
        await run.CheckAsync("accounts", () => DirectoryCheck.AccountsAsync(run));
        await run.CheckAsync("memberships", () => DirectoryCheck.MembersAsync(run));
        await run.CheckAsync("counters", () => DirectoryCheck.CountersAsync(run));
        await run.CheckAsync("the journal", () => JournalCheck.RunAsync(run));
        return new VerificationResult(run.Findings, WasOlder: false);
    }

    private static async Task<SqliteConnection> OpenAsync(string file, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
        {
            throw new UnusableStorageException($"There is no database at {file}.");
        }

        // Reading only: a backup may lie where nobody can write.
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = file,
                Mode = SqliteOpenMode.ReadOnly,
                Pooling = false,
            }.ToString()
        );
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch (SqliteException exception)
        {
            await connection.DisposeAsync();
            throw new UnusableStorageException($"{file} can't be opened: {exception.Message}", exception);
        }
    }
}
