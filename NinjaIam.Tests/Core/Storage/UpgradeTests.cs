using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Storage;
using NinjaIam.Tests.Support;
using NinjaIam.Web.Commands;
using Xunit;

namespace NinjaIam.Tests.Core.Storage;

/// <summary>What the program does at its start with a database of another version.</summary>
public sealed class UpgradeTests : IDisposable
{
    private readonly string _data = Path.Combine(Path.GetTempPath(), $"ninjaiam-test-{Guid.NewGuid():N}");

    private string Backups => Path.Combine(_data, "backups");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task The_first_version_s_journal_is_packed_and_its_chain_still_holds()
    {
        await CreateFirstVersionAsync();

        await StartAsync();

        await using var terminal = new RecordedTerminal();
        Assert.Equal(CommandLine.Success, await terminal.RunAsync("", "verify", "--data", _data));
        await using var connection = await OpenAsync();
        Assert.Equal(
            [
                "1|Ada Lind|Contoso||0|0|",
                """2|Contoso 🚀|Grace||0|0|[["userName",null,"grace"],["emails","[]","[{\"value\":\"a\\\\b\"}]"],["active","true",null]]""",
                """3|Contoso 🚀|Staff|Grace|2|1|[["members","[\"a\"]","[\"b\",\"c\"]"],["$member",null,"Grace"]]""",
                "4|NinjaIam|||0|0|",
            ],
            await RowsAsync(connection)
        );
    }

    [Fact]
    public async Task What_was_there_before_an_upgrade_is_kept_three_times()
    {
        for (var month = 1; month <= 3; month++)
        {
            Directory.CreateDirectory(Path.Combine(Backups, $"before-upgrade-20260{month}01-000000"));
        }

        Directory.CreateDirectory(Path.Combine(Backups, "a-copy-of-mine"));
        await CreateFirstVersionAsync();

        await StartAsync();

        var kept = Directory.GetDirectories(Backups).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(["a-copy-of-mine", "before-upgrade-20260201-000000", "before-upgrade-20260301-000000"], kept.Take(3));
        Assert.Equal(4, kept.Count);
        await using var terminal = new RecordedTerminal();
        Assert.Equal(CommandLine.Success, await terminal.RunAsync("", "verify", Path.Combine(Backups, kept[3]!)));
        Assert.Contains(terminal.Lines, line => line.StartsWith("The database is of an older version", StringComparison.Ordinal));
        Assert.Equal(CommandLine.Success, await terminal.RunAsync("", "restore", Path.Combine(Backups, kept[3]!), "--data", _data));
        await StartAsync();
        Assert.Equal(CommandLine.Success, await terminal.RunAsync("", "verify", "--data", _data));
    }

    [Fact]
    public async Task A_new_database_and_one_of_this_version_are_not_backed_up()
    {
        await StartAsync();
        await StartAsync();

        Assert.False(Directory.Exists(Backups));
    }

    [Fact]
    public async Task An_upgrade_that_was_killed_does_not_stop_the_next_one()
    {
        await CreateFirstVersionAsync();
        await using (var connection = await OpenAsync())
        {
            connection.RunScript(
                """
                CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" (
                    "Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL
                );
                INSERT INTO "__EFMigrationsLock"("Id", "Timestamp") VALUES (1, '2026-11-23 12:00:00')
                """
            );
        }

        await StartAsync();

        await using var terminal = new RecordedTerminal();
        Assert.Equal(CommandLine.Success, await terminal.RunAsync("", "verify", "--data", _data));
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused_in_words_and_left_alone()
    {
        await StartAsync();
        await using (var connection = await OpenAsync())
        {
            connection.RunScript("INSERT INTO migrations_history VALUES ('99990101000000_Later', '99.0')");
        }

        foreach (var command in new[] { (string[])["--urls", "http://127.0.0.1:0"], ["admin", "create", "--email", "a@b.c"], ["verify"] })
        {
            await using var terminal = new RecordedTerminal();
            Assert.Equal(CommandLine.Failed, await terminal.RunAsync("correct horse battery\n", [.. command, "--data", _data]));
            Assert.StartsWith(
                $"{Path.Combine(_data, SqliteDatabase.FileName)} was written by a newer version of NinjaIam: this version does not know "
                    + "99990101000000_Later. ",
                terminal.Errors,
                StringComparison.Ordinal
            );
        }

        Assert.False(Directory.Exists(Backups));
    }

    [Fact]
    public async Task While_another_program_uses_the_data_nothing_is_upgraded()
    {
        await CreateFirstVersionAsync();
        using (DataDirectoryLock.TryShare(_data))
        {
            Assert.Contains("has to be upgraded", await RefusedAsync(), StringComparison.Ordinal);
        }

        await StartAsync();
        using (DataDirectoryLock.TryTakeAlone(_data))
        {
            Assert.Contains("A restore or an upgrade is running", await RefusedAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_database_that_cannot_be_written_is_refused_in_words()
    {
        await StartAsync();
        SqliteConnection.ClearAllPools();
        // SQLite needs a file of this name.
        File.Delete(Path.Combine(_data, SqliteDatabase.FileName + "-shm"));
        Directory.CreateDirectory(Path.Combine(_data, SqliteDatabase.FileName + "-shm"));

        Assert.StartsWith(
            $"The database {Path.Combine(_data, SqliteDatabase.FileName)} can't be used: ",
            await RefusedAsync(),
            StringComparison.Ordinal
        );
    }

    private async Task StartAsync()
    {
        await using var terminal = new RecordedTerminal();
        await terminal.RunUntilAsync("Press Ctrl+C", "--urls", "http://127.0.0.1:0", "--data", _data);
        Assert.Equal(CommandLine.Success, await terminal.StopAsync());
    }

    private async Task<string> RefusedAsync()
    {
        await using var terminal = new RecordedTerminal();
        Assert.Equal(CommandLine.Failed, await terminal.RunAsync("", "--urls", "http://127.0.0.1:0", "--data", _data));
        return terminal.Errors;
    }

    /// <summary>A database as the first version left it: a row for each value of the journal.</summary>
    private async Task CreateFirstVersionAsync()
    {
        DataDirectory.Create(_data);
        var options = Microsoft.Extensions.Options.Options.Create(new StorageOptions { DataDirectory = _data });
        using var database = new SqliteDatabase(options);
        await using (var context = database.CreateMigrationContext())
        {
            await context.GetService<IMigrator>().MigrateAsync("Initial");
        }

        await using var connection = await OpenAsync();
        var contoso = new Actor(ActorKind.Provider, Guid.Parse("0199aa00-0000-7000-8000-000000000001"), "Contoso 🚀", "abcd1234");
        var digest = await AppendAsync(
            connection,
            1,
            [],
            new Actor(ActorKind.Administrator, Guid.Parse("0199aa00-0000-7000-8000-000000000002"), "Ada Lind"),
            new JournalEntry(JournalKind.ProviderCreated) { Subject = "Contoso" }
        );
        digest = await AppendAsync(
            connection,
            2,
            digest,
            contoso,
            new JournalEntry(JournalKind.UserChanged)
            {
                Subject = "Grace",
                ProviderId = contoso.Id,
                OrganizationId = 7,
                VersionBefore = 1,
                VersionAfter = 2,
                Changes =
                [
                    new ChangedValue("userName", null, "grace"),
                    new ChangedValue("emails", "[]", """[{"value":"a\\b"}]"""),
                    new ChangedValue("active", "true", null),
                ],
            }
        );
        digest = await AppendAsync(
            connection,
            3,
            digest,
            contoso,
            new JournalEntry(JournalKind.GroupMembersChanged)
            {
                Subject = "Staff",
                Changes = [new ChangedValue("members", """["a"]""", """["b","c"]"""), new ChangedValue("$member", null, "Grace")],
            }
        );
        await AppendAsync(connection, 4, digest, Actor.System, new JournalEntry(JournalKind.ScimEnabled));
    }

    private static async Task<byte[]> AppendAsync(SqliteConnection connection, long seq, byte[] previous, Actor actor, JournalEntry entry)
    {
        var at = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero).AddMinutes(seq);
        var origin = new Origin(actor, $"request-{seq}", "192.0.2.1", "client/1.0");
        var salt = new byte[] { 1, 2, 3, (byte)seq };
        var values = JournalDigests.OfValues(salt, actor.Name, entry.Subject, entry.Changes);
        var digest = JournalDigests.OfRow(previous, seq, at, origin, entry, values);
        await using var row = connection.Statement(
            """
            INSERT INTO journal("Seq", "At", "RequestId", "ActorKind", "ActorId", "ActorToken", "Address", "UserAgent", "ProviderId",
                "OrganizationId", "Kind", "VersionBefore", "VersionAfter", "Salt", "ValuesDigest", "Digest")
            VALUES ($seq, $at, $request, $actorKind, $actor, $token, $address, $agent, $provider, $organization, $kind, $before, $after,
                $salt, $values, $digest)
            """,
            ("$seq", seq),
            ("$at", at),
            ("$request", origin.RequestId),
            ("$actorKind", actor.Kind),
            ("$actor", actor.Id),
            ("$token", actor.Token),
            ("$address", origin.Address),
            ("$agent", origin.UserAgent),
            ("$provider", entry.ProviderId),
            ("$organization", entry.OrganizationId),
            ("$kind", entry.Kind),
            ("$before", entry.VersionBefore),
            ("$after", entry.VersionAfter),
            ("$salt", salt),
            ("$values", values),
            ("$digest", digest)
        );
        await row.ExecuteNonQueryAsync();
        List<ChangedValue> stored = [new("$actor", null, actor.Name)];
        if (entry.Subject is not null)
        {
            stored.Add(new ChangedValue("$subject", null, entry.Subject));
        }

        stored.AddRange(entry.Changes);
        for (var ordinal = 0; ordinal < stored.Count; ordinal++)
        {
            await using var value = connection.Statement(
                """INSERT INTO journal_values("Seq", "Ordinal", "Attribute", "Before", "After") VALUES ($seq, $ordinal, $name, $before, $after)""",
                ("$seq", seq),
                ("$ordinal", ordinal),
                ("$name", stored[ordinal].Attribute),
                ("$before", stored[ordinal].Before),
                ("$after", stored[ordinal].After)
            );
            await value.ExecuteNonQueryAsync();
        }

        return digest;
    }

    private async Task<SqliteConnection> OpenAsync()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(_data, SqliteDatabase.FileName)};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<IReadOnlyList<string>> RowsAsync(SqliteConnection connection)
    {
        await using var statement = connection.Statement(
            """SELECT "Seq", "Actor", "Subject", "Member", "Added", "Removed", "Changes" FROM journal_values WHERE "Seq" < 5"""
        );
        await using var rows = await statement.ExecuteReaderAsync();
        var texts = new List<string>();
        while (await rows.ReadAsync())
        {
            texts.Add(string.Join('|', Enumerable.Range(0, rows.FieldCount).Select(column => rows.GetValue(column))));
        }

        return texts;
    }
}
