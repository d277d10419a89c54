using Microsoft.EntityFrameworkCore;
using NinjaIam.Core.Journal;
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
    public async Task A_flood_of_different_refusals_is_counted_and_capped()
    {
        var log = _installation.Get<SecurityLog>();

        for (var number = 0; number < 2_000; number++)
        {
            log.Record(new Refused(SecurityCause.TokenUnknown, "Unknown token.", $"request {number}") { Address = $"192.0.2.{number}" });
        }

        await log.FlushAsync(CancellationToken.None);
        await using var database = _installation.Read();
        Assert.Equal(2_000, await database.SecurityEvents.SumAsync(row => row.Count));
        Assert.InRange(await database.SecurityEvents.CountAsync(), 1, 1_000);
    }

    [Fact]
    public async Task Activities_shows_changes_and_refusals_in_one_list()
    {
        _installation.Clock.Advance(TimeSpan.FromMinutes(1));
        _installation.Get<SecurityLog>().Record(new Refused(SecurityCause.SignInRefused, "Wrong password.", "r1"));
        await _installation.Get<SecurityLog>().FlushAsync(CancellationToken.None);

        var lines = await _installation
            .Get<Activities>()
            .ListAsync(_installation.Administrator.Actor, new ActivityFilter(), 0, 10, CancellationToken.None);

        Assert.Equal(
            [SecurityCause.SignInRefused, JournalKind.AdministratorCreated, JournalKind.OrganizationCreated],
            lines.Select(line => line.Kind)
        );
        Assert.Equal("Wrong password.", lines[0].Detail);
        Assert.Equal("Ada Lind", lines[1].Subject);
    }
}
