using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using NinjaIam.Core.Storage;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Commands;
using Xunit;

namespace NinjaIam.Tests.Web.Commands;

/// <summary>The commands <c>backup</c> and <c>restore</c>.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"ninjaiam-test-{Guid.NewGuid():N}");

    private string Data => Path.Combine(_directory, "data");

    private string Copy => Path.Combine(_directory, "copy");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        if (Directory.Exists(_directory))
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    [Fact]
    public async Task A_backup_under_load_holds_what_was_answered_before_and_replaces_a_portal_that_was_killed()
    {
        await using var portal = await PortalProcess.StartAsync("demo", "--bare");
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", portal.ScimToken);
        using var stop = new CancellationTokenSource();
        var acknowledged = new ConcurrentQueue<string>();
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writers = Enumerable.Range(0, 4).Select(_ => WriteAsync()).ToList();
        await Task.WhenAny([enough.Task, .. writers]);

        var before = acknowledged.ToList();
        await RunUnderLoadAsync("backup", Copy, "--data", portal.DataDirectory);
        await RunUnderLoadAsync("verify", "--data", portal.DataDirectory);
        await stop.CancelAsync();
        await Task.WhenAll(writers);

        Assert.Equal(0, await RunAsync("verify", Copy));
        Assert.Empty(before.Except(await UsersAsync(Copy)));
        Assert.Contains("Stop it first", await RefusedAsync("restore", Copy, "--data", portal.DataDirectory), StringComparison.Ordinal);
        await portal.StopAsync();
        Assert.Equal(0, await RunAsync("verify", "--data", portal.DataDirectory));
        Assert.Empty(acknowledged.Except(await UsersAsync(portal.DataDirectory)));

        Assert.Equal(0, await RunAsync("restore", Copy, "--data", portal.DataDirectory));
        Assert.Equal(await UsersAsync(Copy), await UsersAsync(portal.DataDirectory));
        var replaced = Assert.Single(Directory.GetDirectories(portal.DataDirectory, "replaced-*"));
        Assert.Empty(acknowledged.Except(await UsersAsync(replaced)));
        Assert.Equal(0, await RunAsync("verify", "--data", portal.DataDirectory));

        // A command may be done before the next write is answered, and then it says nothing about load.
        async Task RunUnderLoadAsync(params string[] arguments)
        {
            using var guard = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            int answered;
            do
            {
                guard.Token.ThrowIfCancellationRequested();
                if (Directory.Exists(Copy) && arguments[0] == "backup")
                {
                    Directory.Delete(Copy, recursive: true);
                    before = [.. acknowledged];
                }

                answered = acknowledged.Count;
                Assert.Equal(0, await RunAsync(arguments));
            } while (acknowledged.Count == answered);
        }

        async Task WriteAsync()
        {
            while (!stop.IsCancellationRequested)
            {
                using var body = new StringContent(
                    $$"""{"userName":"{{Guid.NewGuid():N}}@contoso.com"}""",
                    Encoding.UTF8,
                    "application/scim+json"
                );
                using var answer = await client.PostAsync(new Uri($"{portal.ScimBaseUrl}/Users"), body);
                var text = await answer.Content.ReadAsStringAsync();
                Assert.True(answer.IsSuccessStatusCode, text);
                acknowledged.Enqueue(JsonNode.Parse(text)!["id"]!.GetValue<string>());
                if (acknowledged.Count == 200)
                {
                    enough.SetResult();
                }
            }
        }
    }

    [Fact]
    public async Task A_restored_portal_starts_with_the_old_keys_and_the_old_accounts()
    {
        await InstallAsync();
        Directory.CreateDirectory(DataDirectory.KeysIn(Data));
        await File.WriteAllTextAsync(Path.Combine(DataDirectory.KeysIn(Data), "key-1.xml"), "<key/>");
        await using var terminal = new RecordedTerminal();
        Assert.Equal(0, await terminal.RunAsync("", "backup", "--data", Data, Copy));
        Assert.StartsWith($"Backed up {Data} to {Copy} (database of 2", Assert.Single(terminal.Lines), StringComparison.Ordinal);
        var elsewhere = Path.Combine(_directory, "elsewhere");

        Assert.Equal(0, await terminal.RunAsync("", "restore", Copy, "--data", elsewhere));

        Assert.Equal($"Restored {Copy} to {elsewhere}.", terminal.Lines[^1]);
        Assert.Equal("<key/>", await File.ReadAllTextAsync(Path.Combine(DataDirectory.KeysIn(elsewhere), "key-1.xml")));
        await using var portal = new RecordedTerminal();
        await portal.RunUntilAsync("Press Ctrl+C", "--urls", "http://127.0.0.1:0", "--data", elsewhere);
        Assert.DoesNotContain(portal.Lines, line => line.Contains("/first-run/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_the_owner_can_read_a_backup()
    {
        await InstallAsync();

        await RunAsync("backup", Copy, "--data", Data);

        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        foreach (var entry in Directory.EnumerateFileSystemEntries(Copy, "*", SearchOption.AllDirectories).Append(Copy))
        {
            Assert.True(OperatingSystem.IsWindows() || (File.GetUnixFileMode(entry) & ~Owner) == UnixFileMode.None, entry);
        }
    }

    [Fact]
    public async Task A_backup_overwrites_nothing_and_leaves_nothing_half_done()
    {
        await InstallAsync();
        await RunAsync("backup", Copy, "--data", Data);
        var taken = File.GetLastWriteTimeUtc(Path.Combine(Copy, SqliteDatabase.FileName));

        Assert.Contains("overwrites nothing", await RefusedAsync("backup", Copy, "--data", Data), StringComparison.Ordinal);
        Assert.Equal($"There is no installation in {Data}.none.", await RefusedAsync("backup", Copy + "2", "--data", Data + ".none"));
        await File.WriteAllTextAsync(Path.Combine(_directory, "file"), "");
        var nowhere = Path.Combine(_directory, "file", "copy");
        Assert.StartsWith($"The directory {nowhere}", await RefusedAsync("backup", nowhere, "--data", Data), StringComparison.Ordinal);

        Assert.Equal(taken, File.GetLastWriteTimeUtc(Path.Combine(Copy, SqliteDatabase.FileName)));
        Assert.Equal(["copy", "data", "file"], Directory.EnumerateFileSystemEntries(_directory).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_backup_that_is_damaged_newer_or_none_is_not_restored()
    {
        await InstallAsync();
        await RunAsync("backup", Copy, "--data", Data);
        var database = Path.Combine(Data, SqliteDatabase.FileName);
        // Whoever closes last writes the log into the file, whenever that is: from here on there is nothing to write.
        await EmptyLogAsync(database);
        var before = await File.ReadAllBytesAsync(database);

        await ChangeAsync("UPDATE journal SET \"Kind\" = 'x'");
        Assert.Equal("Nothing was restored, because the backup is damaged.", await RefusedAsync("restore", Copy, "--data", Data));
        await ChangeAsync("INSERT INTO migrations_history VALUES ('99990101000000_Later', '99.0')");
        Assert.Contains("99990101000000_Later", await RefusedAsync("restore", Copy, "--data", Data), StringComparison.Ordinal);
        var manifest = Path.Combine(Copy, "manifest.json");
        await File.WriteAllTextAsync(
            manifest,
            """{"version":"99.0.0","migration":"99990101000000_Later","takenAt":"2026-11-23T12:00:00Z"}"""
        );
        Assert.Contains("newer version 99.0.0", await RefusedAsync("restore", Copy, "--data", Data), StringComparison.Ordinal);
        await File.WriteAllTextAsync(manifest, "null");
        Assert.StartsWith($"{Copy} holds no backup", await RefusedAsync("restore", Copy, "--data", Data), StringComparison.Ordinal);
        Assert.StartsWith(
            $"{_directory} holds no backup",
            await RefusedAsync("restore", _directory, "--data", Data),
            StringComparison.Ordinal
        );

        Assert.Equal(before, await File.ReadAllBytesAsync(database));
        Assert.Empty(Directory.GetDirectories(Data, "re*"));

        static async Task EmptyLogAsync(string path)
        {
            SqliteConnection.ClearAllPools();
            await using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
            await connection.OpenAsync();
            await using var checkpoint = connection.Statement("PRAGMA wal_checkpoint(TRUNCATE)");
            Assert.Equal(0L, await checkpoint.ExecuteScalarAsync());
        }

        async Task ChangeAsync(string sql)
        {
            await using var connection = new SqliteConnection($"Data Source={Path.Combine(Copy, SqliteDatabase.FileName)};Pooling=False");
            await connection.OpenAsync();
            await using var change = connection.Statement(sql);
            await change.ExecuteNonQueryAsync();
        }
    }

    [Fact]
    public async Task After_a_restore_that_was_interrupted_the_portal_starts_only_when_it_was_run_again()
    {
        await InstallAsync();
        await RunAsync("backup", Copy, "--data", Data);
        // As it is between two renames.
        Directory.CreateDirectory(Path.Combine(Data, "restoring"));
        File.Move(Path.Combine(Data, SqliteDatabase.FileName), Path.Combine(Data, "restoring", SqliteDatabase.FileName));

        Assert.Equal(
            $"A restore to {Data} was interrupted. Run it again.",
            await RefusedAsync("--urls", "http://127.0.0.1:0", "--data", Data)
        );
        Assert.Equal(0, await RunAsync("restore", Copy, "--data", Data));

        Assert.Equal(0, await RunAsync("verify", "--data", Data));
        Assert.Empty(Directory.GetDirectories(Data, "restoring*"));
    }

    [Theory]
    [InlineData("backup", "Say where to: backup PATH")]
    [InlineData("restore", "Say what: restore PATH")]
    public async Task Without_a_path_they_say_what_is_missing(string command, string said)
    {
        await using var terminal = new RecordedTerminal();

        var exitCode = await terminal.RunAsync("", command, "--data", Data);

        Assert.Equal(CommandLine.WrongUsage, exitCode);
        Assert.Equal(said, terminal.Errors.Trim());
        Assert.False(Directory.Exists(Data));
    }

    private async Task InstallAsync()
    {
        await using var terminal = new RecordedTerminal();
        Assert.Equal(
            0,
            await terminal.RunAsync("correct horse battery\n", "admin", "create", "--email", "ada@example.com", "--data", Data)
        );
    }

    private static async Task<int> RunAsync(params string[] args)
    {
        await using var terminal = new RecordedTerminal();
        return await terminal.RunAsync("", args);
    }

    private static async Task<string> RefusedAsync(params string[] args)
    {
        await using var terminal = new RecordedTerminal();
        Assert.Equal(CommandLine.Failed, await terminal.RunAsync("", args));
        return terminal.Errors.Trim();
    }

    private static async Task<IReadOnlyList<string>> UsersAsync(string directory)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(directory, SqliteDatabase.FileName)};Pooling=False");
        await connection.OpenAsync();
        await using var statement = connection.Statement("SELECT id FROM resources WHERE type = 'User' ORDER BY seq");
        await using var rows = await statement.ExecuteReaderAsync();
        var ids = new List<string>();
        while (await rows.ReadAsync())
        {
            ids.Add(rows.GetId(0).ToString());
        }

        return ids;
    }
}
