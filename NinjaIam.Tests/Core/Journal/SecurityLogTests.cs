using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Storage;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.Journal;

public sealed class SecurityLogTests : IAsyncLifetime
{
    private readonly Installation _installation = new();

    public Task InitializeAsync() => _installation.InitializeAsync();

    public Task DisposeAsync() => _installation.DisposeAsync();

    [Fact]
    public async Task Equal_refusals_of_one_minute_are_one_row_with_a_count()
    {
        var log = _installation.Get<SecurityLog>();

        log.Record(new Refused(SecurityCause.TokenUnknown, "Unknown token.", "first"));
        log.Record(new Refused(SecurityCause.TokenUnknown, "Unknown token.", "second"));
        await log.FlushAsync(CancellationToken.None);
        log.Record(new Refused(SecurityCause.TokenUnknown, "Unknown token.", "third"));
        await log.FlushAsync(CancellationToken.None);
        _installation.Clock.Advance(TimeSpan.FromMinutes(1));
        log.Record(new Refused(SecurityCause.TokenUnknown, "Unknown token.", "fourth"));
        await log.FlushAsync(CancellationToken.None);

        await using var database = _installation.Read();
        var rows = await database.SecurityEvents.OrderBy(row => row.Minute).ToListAsync();
        Assert.Equal([3, 1], rows.Select(row => row.Count));
        Assert.Equal(["third", "fourth"], rows.Select(row => row.RequestId));
    }

    [Fact]
    public async Task A_flood_of_different_refusals_leaves_few_rows_a_minute_however_often_they_are_written()
    {
        var log = _installation.Get<SecurityLog>();
        var provider = Guid.NewGuid();

        for (var number = 0; number < 2_000; number++)
        {
            log.Record(
                new Refused(SecurityCause.TokenMissing, "No token was sent.", $"request {number}")
                {
                    ProviderId = provider,
                    Request = $"GET /scim/v2/{number}",
                    UserAgent = $"Browser {number}",
                    Status = 401,
                }
            );
            if (number % 500 == 0)
            {
                await log.FlushAsync(CancellationToken.None);
            }
        }

        log.Record(new Refused(SecurityCause.TokenExpired, "The token has expired.", "another cause"));
        await log.FlushAsync(CancellationToken.None);
        await using var database = _installation.Read();
        var rows = await database.SecurityEvents.ToListAsync();
        Assert.Equal(2_001, rows.Sum(row => row.Count));
        Assert.Equal(102, rows.Count);
        var rest = Assert.Single(rows, row => row.Detail.StartsWith("Several refusals of this kind.", StringComparison.Ordinal));
        Assert.Equal((SecurityCause.TokenMissing, provider, 1_900), (rest.Cause, rest.ProviderId, rest.Count));
        Assert.Contains(rows, row => row.Detail == "The token has expired.");
    }

    [Fact]
    public async Task In_the_minute_after_a_flood_refusals_are_told_apart_again()
    {
        var log = _installation.Get<SecurityLog>();
        for (var number = 0; number < 200; number++)
        {
            log.Record(new Refused(SecurityCause.TokenUnknown, "Unknown token.", "flood") { Address = $"192.0.2.{number}" });
        }

        _installation.Clock.Advance(TimeSpan.FromMinutes(1));
        log.Record(new Refused(SecurityCause.TokenUnknown, "Unknown token.", "later") { Address = "198.51.100.1" });
        await log.FlushAsync(CancellationToken.None);

        await using var database = _installation.Read();
        Assert.Equal("198.51.100.1", (await database.SecurityEvents.SingleAsync(row => row.RequestId == "later")).Address);
    }

    [Fact]
    public async Task Refusals_that_differ_in_one_field_only_are_rows_of_their_own()
    {
        var log = _installation.Get<SecurityLog>();
        var refused = new Refused(SecurityCause.TokenUnknown, "Unknown token.", "request") { Token = "a" };
        Refused[] different =
        [
            refused,
            refused with
            {
                Token = null,
                Address = "a",
            },
            refused with
            {
                Token = "a",
                Address = "",
            },
            refused with
            {
                Status = 401,
            },
            refused with
            {
                ProviderId = Guid.NewGuid(),
            },
        ];

        foreach (var one in different.Concat(different))
        {
            log.Record(one);
            await log.FlushAsync(CancellationToken.None);
        }

        await using var database = _installation.Read();
        Assert.Equal([2, 2, 2, 2, 2], await database.SecurityEvents.Select(row => row.Count).ToListAsync());
    }

    [Fact]
    public async Task What_could_not_be_written_is_kept_and_counted_with_what_came_meanwhile()
    {
        Exception? failure = new InvalidOperationException("The disk is full.");
        using var log = new SecurityLog(
            new BreakableWritePath(_installation.Get<IWritePath>(), () => failure),
            _installation.Get<ChangeFeed>(),
            _installation.Clock,
            NullLogger<SecurityLog>.Instance
        );

        log.Record(new Refused(SecurityCause.TokenUnknown, "Unknown token.", "first"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => log.FlushAsync(CancellationToken.None));
        log.Record(new Refused(SecurityCause.TokenUnknown, "Unknown token.", "second"));
        failure = null;
        await log.FlushAsync(CancellationToken.None);

        await using var database = _installation.Read();
        var row = await database.SecurityEvents.SingleAsync();
        Assert.Equal((2, "second"), (row.Count, row.RequestId));
    }

    [Fact]
    public async Task Refusals_of_an_older_version_are_kept_as_they_are()
    {
        var directory = Directory.CreateTempSubdirectory("ninjaiam-test-");
        var database = new SqliteDatabase(Options.Create(new StorageOptions { DataDirectory = directory.FullName }));
        await using (var context = database.CreateMigrationContext())
        {
            await context.GetService<IMigrator>().MigrateAsync("Initial");
            for (var number = 0; number < 2; number++)
            {
                await context.Database.ExecuteSqlAsync(
                    $"""
                    INSERT INTO security_events("Minute", "Cause", "Detail", "Count", "LastAt", "RequestId")
                    VALUES (0, 'token.unknown', 'Unknown token.', 3, 0, 'old')
                    """
                );
            }

            await context.Database.MigrateAsync();
        }

        await using (var context = database.CreateDbContext())
        {
            Assert.Equal([3, 3], await context.SecurityEvents.Select(row => row.Count).ToListAsync());
        }

        SqliteConnection.ClearAllPools();
        directory.Delete(recursive: true);
    }

    [Fact]
    [Proves("asvs-16.3.1")]
    public async Task Activities_shows_changes_and_refusals_in_one_list()
    {
        _installation.Clock.Advance(TimeSpan.FromMinutes(1));
        _installation.Get<SecurityLog>().Record(new Refused(SecurityCause.SignInRefused, "Wrong password.", "r1"));
        await _installation.Get<SecurityLog>().FlushAsync(CancellationToken.None);

        var lines = await _installation
            .Get<Activities>()
            .ListAsync(_installation.Administrator.Actor, new ActivityFilter(), 10, CancellationToken.None);

        Assert.Equal(
            [SecurityCause.SignInRefused, JournalKind.AdministratorCreated, JournalKind.OrganizationCreated],
            lines.Select(line => line.Kind)
        );
        Assert.Equal("Wrong password.", lines[0].Detail);
        Assert.Equal("Ada Lind", lines[1].Subject);
    }
}
