using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Outcomes;
using NinjaIam.Core.Storage;
using NinjaIam.Core.Storage.Resources;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.Storage;

public sealed class WritePathTests : IAsyncLifetime
{
    private readonly Installation _installation = new();

    public Task InitializeAsync() => _installation.InitializeAsync();

    public Task DisposeAsync() => _installation.DisposeAsync();

    private IWritePath WritePath => _installation.Get<IWritePath>();

    [Fact]
    public async Task What_an_operation_writes_is_there_when_it_answers()
    {
        await WritePath.RunAsync(scope => AddAsync(scope, "Fabrikam"), CancellationToken.None);

        Assert.True(await ExistsAsync("Fabrikam"));
    }

    [Fact]
    public async Task An_operation_that_refuses_leaves_nothing_behind()
    {
        var outcome = await WritePath.RunAsync<Outcome<Completed>>(
            async scope =>
            {
                await AddAsync(scope, "Fabrikam");
                return new Refusal(RefusalKind.NotAllowed, "No.");
            },
            CancellationToken.None
        );

        Assert.True(outcome.IsRefused);
        Assert.False(await ExistsAsync("Fabrikam"));
    }

    [Fact]
    public async Task An_operation_that_throws_leaves_nothing_behind_and_the_next_one_works()
    {
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() =>
            WritePath.RunAsync<int>(
                async scope =>
                {
                    await AddAsync(scope, "Fabrikam");
                    throw new InvalidTimeZoneException();
                },
                CancellationToken.None
            )
        );
        await WritePath.RunAsync(scope => AddAsync(scope, "Northwind"), CancellationToken.None);

        Assert.False(await ExistsAsync("Fabrikam"));
        Assert.True(await ExistsAsync("Northwind"));
    }

    [Fact]
    public async Task Actions_after_commit_run_when_it_is_durable_and_not_after_a_refusal()
    {
        var seen = new List<string>();
        await WritePath.RunAsync<Outcome<Completed>>(
            scope =>
            {
                scope.AfterCommit(() => seen.Add("refused"));
                return Task.FromResult<Outcome<Completed>>(new Refusal(RefusalKind.NotAllowed, "No."));
            },
            CancellationToken.None
        );
        await WritePath.RunAsync(
            scope =>
            {
                scope.AfterCommit(() => seen.Add("done"));
                return Task.FromResult(0);
            },
            CancellationToken.None
        );

        Assert.Equal(["done"], seen);
    }

    [Fact]
    public async Task Saving_outside_a_write_scope_throws()
    {
        await using var database = _installation.Read();
        database.Organizations.Add(NewOrganization("Fabrikam"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => database.SaveChangesAsync());
        Assert.False(await ExistsAsync("Fabrikam"));
    }

    [Fact]
    public async Task A_directory_row_cannot_be_saved_by_EF()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            WritePath.RunAsync(
                async scope =>
                {
                    scope.Database.Members.Add(new MemberRow { GroupSeq = 1, MemberSeq = 2 });
                    return await scope.Database.SaveChangesAsync();
                },
                CancellationToken.None
            )
        );
    }

    [Fact]
    public async Task Many_callers_are_served_one_after_the_other_without_losing_any()
    {
        await Task.WhenAll(
            Enumerable
                .Range(0, 100)
                .Select(number => WritePath.RunAsync(scope => AddAsync(scope, $"Customer {number}"), CancellationToken.None))
        );

        await using var database = _installation.Read();
        Assert.Equal(100, await database.Organizations.CountAsync(row => row.Name.StartsWith("Customer ")));
    }

    [Fact]
    public async Task What_waits_together_is_written_in_one_transaction_and_what_fails_takes_nothing_with_it()
    {
        var (running, go) = Gate();
        var first = WritePath.RunAsync(
            async scope =>
            {
                running.SetResult();
                await go.Task;
                return await AddAsync(scope, "Fabrikam");
            },
            CancellationToken.None
        );
        await running.Task;
        var transactions = new List<object>();
        var second = WritePath.RunAsync(scope => NoteAsync(scope, "Northwind"), CancellationToken.None);
        var failing = WritePath.RunAsync<int>(
            async scope =>
            {
                await NoteAsync(scope, "Lost");
                throw new InvalidTimeZoneException();
            },
            CancellationToken.None
        );
        var refused = WritePath.RunAsync<Outcome<Completed>>(
            async scope =>
            {
                await NoteAsync(scope, "Refused");
                return new Refusal(RefusalKind.NotAllowed, "No.");
            },
            CancellationToken.None
        );
        var last = WritePath.RunAsync(scope => NoteAsync(scope, "Contoso"), CancellationToken.None);
        go.SetResult();

        await first;
        await second;
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => failing);
        Assert.True((await refused).IsRefused);
        await last;

        Assert.Single(transactions.Distinct());
        Assert.True(await ExistsAsync("Northwind"));
        Assert.True(await ExistsAsync("Contoso"));
        Assert.False(await ExistsAsync("Lost"));
        Assert.False(await ExistsAsync("Refused"));

        async Task<int> NoteAsync(WriteScope scope, string name)
        {
            transactions.Add(scope.Database.Database.CurrentTransaction!.GetDbTransaction());
            return await AddAsync(scope, name);
        }
    }

    [Fact]
    public async Task Lanes_are_served_in_turn()
    {
        var (running, go) = Gate();
        var first = WritePath.RunAsync(
            async _ =>
            {
                running.SetResult();
                await go.Task;
                return 0;
            },
            CancellationToken.None
        );
        await running.Task;
        var order = new List<string>();
        var lane = Guid.NewGuid();
        var busy = Enumerable.Range(0, 100).Select(_ => RunAsync(lane, "busy")).ToList();
        var portal = RunAsync(Guid.Empty, "portal");
        go.SetResult();
        await Task.WhenAll([first, portal, .. busy]);

        Assert.InRange(order.IndexOf("portal"), 0, 2);

        Task<int> RunAsync(Guid lane, string name) =>
            WritePath.RunAsync(
                lane,
                _ =>
                {
                    order.Add(name);
                    return Task.FromResult(0);
                },
                CancellationToken.None
            );
    }

    [Fact]
    public async Task A_full_lane_refuses_and_leaves_the_others_open()
    {
        var (running, go) = Gate();
        var first = WritePath.RunAsync(
            async _ =>
            {
                running.SetResult();
                await go.Task;
                return 0;
            },
            CancellationToken.None
        );
        await running.Task;
        var busy = Guid.NewGuid();
        var waiting = Enumerable.Range(0, new StorageOptions().WriteQueueLength).Select(_ => NothingAsync(busy)).ToList();

        await Assert.ThrowsAsync<WriteQueueFullException>(() => NothingAsync(busy));
        var other = NothingAsync(Guid.NewGuid());
        go.SetResult();
        await Task.WhenAll([first, other, .. waiting]);

        Task<int> NothingAsync(Guid lane) => WritePath.RunAsync(lane, _ => Task.FromResult(0), CancellationToken.None);
    }

    [Fact]
    public async Task An_operation_whose_caller_went_away_before_it_began_is_not_run()
    {
        var (running, go) = Gate();
        var first = WritePath.RunAsync(
            async _ =>
            {
                running.SetResult();
                await go.Task;
                return 0;
            },
            CancellationToken.None
        );
        await running.Task;
        using var leaving = new CancellationTokenSource();
        var withdrawn = WritePath.RunAsync(scope => AddAsync(scope, "Fabrikam"), leaving.Token);
        await leaving.CancelAsync();
        go.SetResult();
        await first;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => withdrawn);
        Assert.False(await ExistsAsync("Fabrikam"));
    }

    [Fact]
    public async Task An_operation_whose_caller_goes_away_after_it_began_is_done_as_a_whole()
    {
        var (running, go) = Gate();
        using var leaving = new CancellationTokenSource();
        var operation = WritePath.RunAsync(
            async scope =>
            {
                await AddAsync(scope, "Fabrikam");
                running.SetResult();
                await go.Task;
                return await AddAsync(scope, "Northwind");
            },
            leaving.Token
        );
        await running.Task;
        await leaving.CancelAsync();
        go.SetResult();

        Assert.Equal(1, await operation);
        Assert.True(await ExistsAsync("Fabrikam"));
        Assert.True(await ExistsAsync("Northwind"));
    }

    [Fact]
    public async Task What_waits_when_the_program_stops_is_done_and_nothing_more_is_accepted()
    {
        var (running, go) = Gate();
        var first = WritePath.RunAsync(
            async scope =>
            {
                running.SetResult();
                await go.Task;
                return await AddAsync(scope, "Customer 0");
            },
            CancellationToken.None
        );
        await running.Task;
        var waiting = Enumerable
            .Range(1, 20)
            .Select(number => WritePath.RunAsync(Guid.NewGuid(), scope => AddAsync(scope, $"Customer {number}"), CancellationToken.None))
            .ToList();
        var stopping = _installation.Get<SqliteWritePath>().StopAsync(CancellationToken.None);

        await Assert.ThrowsAsync<WriteQueueFullException>(() =>
            WritePath.RunAsync(scope => AddAsync(scope, "Customer 21"), CancellationToken.None)
        );
        Assert.False(stopping.IsCompleted);
        go.SetResult();
        await Task.WhenAll([first, .. waiting]);
        await stopping;

        await using var database = _installation.Read();
        Assert.Equal(21, await database.Organizations.CountAsync(row => row.Name.StartsWith("Customer ")));
    }

    [Fact]
    public async Task Commits_wait_for_the_disk()
    {
        var (journalMode, synchronous) = await WritePath.RunAsync(
            async scope =>
            {
                await using var mode = scope.Statement("PRAGMA journal_mode");
                await using var level = scope.Statement("PRAGMA synchronous");
                return ((string)(await mode.ExecuteScalarAsync())!, (long)(await level.ExecuteScalarAsync())!);
            },
            CancellationToken.None
        );

        Assert.Equal("wal", journalMode);
        Assert.Equal(2, synchronous);
    }

    [Theory]
    [InlineData("Data Source=:memory:", "PRAGMA synchronous = FULL")]
    [InlineData("Data Source={0};Pooling=False", "PRAGMA synchronous = NORMAL")]
    [InlineData("Data Source={0}.other;Pooling=False", "PRAGMA synchronous = FULL")]
    public async Task A_connection_whose_commits_could_be_lost_is_refused(string to, string setting)
    {
        var text = to.Replace("{0}", _installation.Get<SqliteDatabase>().File, StringComparison.Ordinal);
        await using var connection = new Microsoft.Data.Sqlite.SqliteConnection(text);
        await connection.OpenAsync();
        await using var set = connection.Statement(setting);
        await set.ExecuteNonQueryAsync();

        var exception = await Assert.ThrowsAsync<UnusableStorageException>(() =>
            SqliteDatabase.RefuseUnlessDurableAsync(connection, CancellationToken.None)
        );

        Assert.Contains("survives a power cut", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_read_that_computes_too_long_is_given_up()
    {
        var options = Microsoft.Extensions.Options.Options.Create(
            new StorageOptions { DataDirectory = _installation.DataDirectory, ReadDeadline = TimeSpan.FromMilliseconds(20) }
        );
        await using var connection = await new SqliteDatabase(options).OpenReaderAsync(CancellationToken.None);
        await using var endless = connection.Statement(
            "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT COUNT(*) FROM n"
        );

        var exception = await Assert.ThrowsAsync<Microsoft.Data.Sqlite.SqliteException>(async () => await endless.ExecuteScalarAsync());

        Assert.Equal(SQLitePCL.raw.SQLITE_INTERRUPT, exception.SqliteErrorCode);
    }

    [Fact]
    public async Task A_kept_statement_is_not_compiled_again_for_another_value()
    {
        await using var reader = await _installation.Get<SqliteDatabase>().OpenReaderAsync(CancellationToken.None);

        var compiled = new List<int>();
        foreach (var limit in (int[])[1, 2, 3])
        {
            await using var statement = reader.Statement(
                "SELECT id FROM resources WHERE provider = $provider AND deleted_at IS NULL LIMIT $limit",
                ("$provider", Guid.NewGuid()),
                ("$limit", limit)
            );
            await statement.ExecuteScalarAsync();
            compiled.Add(statement.Recompilations);
        }

        Assert.Equal([0, 0, 0], compiled);
    }

    private static (TaskCompletionSource Running, TaskCompletionSource Go) Gate() =>
        (
            new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously),
            new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
        );

    private static async Task<int> AddAsync(WriteScope scope, string name)
    {
        scope.Database.Organizations.Add(NewOrganization(name));
        return await scope.Database.SaveChangesAsync();
    }

    private static Organization NewOrganization(string name) =>
        new()
        {
            Name = name,
            NormalizedName = TextKey.Of(name),
            CreatedAt = DateTimeOffset.UnixEpoch,
        };

    private async Task<bool> ExistsAsync(string name)
    {
        await using var database = _installation.Read();
        return await database.Organizations.AnyAsync(row => row.Name == name);
    }
}
