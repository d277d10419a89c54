using NinjaIam.Core.Journal;
using NinjaIam.Core.Journal.Requests;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.ScimApi;

public sealed class RequestLogSettingsTests
{
    [Fact]
    public async Task Switched_off_it_keeps_nothing_and_makes_no_file()
    {
        var host = new ScimHost { RequestLog = log => log.Enabled = false };
        await host.InitializeAsync();

        Assert.Equal(200, (await host.Contoso.GetAsync("/Users")).Status);
        await host.Get<RequestLog>().FlushAsync(CancellationToken.None);

        Assert.Equal(RequestLogState.Off, host.Get<RequestLog>().State);
        Assert.False(File.Exists(host.RequestLogFile));
        Assert.Equal(0, (await host.Get<RequestReads>().ListAsync(Actor.System, new(host.Contoso.ProviderId), 0, 10, default)).Total);
        await host.DisposeAsync();
    }

    [Fact]
    public async Task A_broken_file_stops_only_the_log_and_once_it_is_gone_the_log_goes_on()
    {
        var host = new ScimHost();
        Directory.CreateDirectory(Path.GetDirectoryName(host.RequestLogFile)!);
        await File.WriteAllBytesAsync(host.RequestLogFile, Enumerable.Repeat((byte)0x5A, 100_000).ToArray());
        await host.InitializeAsync();
        var (log, reads) = (host.Get<RequestLog>(), host.Get<RequestReads>());
        var provider = Guid.NewGuid();

        Assert.Equal(201, (await host.Contoso.PostAsync("/Users", """{"userName":"ada"}""")).Status);
        log.Record(Record(provider, 1, 100));
        await log.FlushAsync(CancellationToken.None);

        Assert.Equal(RequestLogState.Broken, log.State);
        Assert.Empty((await reads.ListAsync(Actor.System, new(provider), 0, 10, default)).Items);
        File.Delete(host.RequestLogFile);
        await host.LoggedAsync(await host.Contoso.GetAsync("/Users"));
        Assert.Equal(RequestLogState.Working, log.State);
        var since = host.Clock.GetUtcNow().AddDays(-1);
        Assert.InRange((await reads.SummaryAsync(Actor.System, provider, since, default)).Lost, 1, 2);
        await host.DisposeAsync();
    }

    [Fact]
    public async Task What_is_more_than_the_file_may_hold_pushes_out_the_oldest()
    {
        var host = new ScimHost { RequestLog = options => options.Megabytes = 1 };
        await host.InitializeAsync();
        var log = host.Get<RequestLog>();
        var provider = Guid.NewGuid();

        for (var number = 0; number < 3_000; number++)
        {
            log.Record(Record(provider, number, 4_000));
            if (number % 100 == 0)
            {
                await log.FlushAsync(CancellationToken.None);
            }
        }

        await log.FlushAsync(CancellationToken.None);

        Assert.InRange(new FileInfo(host.RequestLogFile).Length, 100_000, 3_000_000);
        var kept = await host.Get<RequestReads>().ListAsync(Actor.System, new(provider), 0, 1, default);
        Assert.Equal("request 2999", kept.Items[0].RequestId);
        Assert.InRange(kept.Total, 50, 600);
        await host.DisposeAsync();
    }

    [Fact]
    public async Task What_comes_faster_than_it_is_written_is_counted_and_not_kept()
    {
        var installation = new Installation();
        await installation.InitializeAsync();
        var log = installation.Get<RequestLog>();
        var provider = Guid.NewGuid();

        for (var number = 0; number < 60_000; number++)
        {
            log.Record(Record(provider, number, 16_000));
        }

        await log.FlushAsync(CancellationToken.None);

        var reads = installation.Get<RequestReads>();
        var summary = await reads.SummaryAsync(Actor.System, provider, installation.Clock.GetUtcNow().AddDays(-1), default);
        Assert.Equal(60_000, summary.Requests + summary.Lost);
        Assert.InRange(summary.Lost, 1, 59_999);
        await installation.DisposeAsync();
    }

    private static RequestRecord Record(Guid provider, int number, int size)
    {
        var body = new BodyCopy();
        body.Add(System.Text.Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat("true", size / 5))}]"));
        return new RequestRecord(
            $"request {number}",
            new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero),
            provider,
            "a1B2c3D4",
            "POST",
            "/scim/v2/k3v9/Users",
            ""
        )
        {
            Status = 200,
            Request = body,
            Answer = new BodyCopy(),
        };
    }
}
