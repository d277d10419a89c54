using System.Globalization;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Storage;
using NinjaIam.Core.Tokens;
using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.ScimApi;

/// <summary>How much a token may ask, and how often an address may fail to show one.</summary>
public sealed class RequestLimitTests : IAsyncLifetime
{
    private const int Failures = 3;
    private const int AtOnce = 2;

    private readonly ScimHost _host = new() { Limits = limits => (limits.FailuresPerMinute, limits.AtOnce) = (Failures, AtOnce) };

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    [Proves("rule-59", "asvs-2.4.1")]
    public async Task A_token_that_asks_too_often_is_told_when_to_come_back_and_another_one_is_not()
    {
        var host = new ScimHost { Limits = limits => (limits.PerSecond, limits.Burst) = (1, 1) };
        await host.InitializeAsync();
        try
        {
            var fabrikam = await host.AddProviderAsync(Samples.Provider("Fabrikam", "fabrikam.com"));

            var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => host.Contoso.GetAsync("/Users")));

            Assert.Contains(replies, reply => reply.Status == 200);
            Assert.Contains(replies, reply => reply.Status == 429);
            Assert.All(replies.Where(reply => reply.Status != 200), AssertToldWhenToComeBack);
            Assert.Equal(200, (await fabrikam.GetAsync("/Users")).Status);
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    [Fact]
    [Proves("asvs-15.2.2")]
    public async Task As_many_requests_as_a_token_may_have_under_way_are_answered_and_one_more_is_refused()
    {
        await _host.StopNotingUseAsync();
        var (hold, asked) = (new TaskCompletionSource<bool>(), new SemaphoreSlim(0));
        var holding = _host.Get<IWritePath>().RunAsync(_ => hold.Task, CancellationToken.None);
        _host.WriteAsked += _ => asked.Release();
        var waiting = Enumerable
            .Range(0, AtOnce)
            .Select(number => _host.Contoso.PostAsync("/Users", $$"""{"userName":"person{{number}}@contoso.com"}"""))
            .ToList();
        for (var request = 0; request < AtOnce; request++)
        {
            await asked.WaitAsync();
        }

        var refused = await _host.Contoso.GetAsync("/Users");
        hold.SetResult(true);
        await holding;

        AssertToldWhenToComeBack(refused);
        Assert.All(await Task.WhenAll(waiting), reply => Assert.Equal(201, reply.Status));
    }

    [Fact]
    [Proves("asvs-2.4.1")]
    public async Task Who_guesses_tokens_is_slowed_down_and_a_live_token_from_the_same_address_is_not()
    {
        var guesser = new ScimClient(_host.Client, _host.Contoso.ProviderId, _host.Contoso.Identifier, ScimTokenText.Create().Text);
        for (var attempt = 0; attempt < Failures; attempt++)
        {
            (await guesser.GetAsync("/Users")).AssertError(401, null);
        }

        AssertToldWhenToComeBack(await guesser.GetAsync("/Users"));

        Assert.Equal(200, (await _host.Contoso.GetAsync("/Users")).Status);
        var kept = Assert.Single(await _host.ActivitiesAsync(), line => line.IsRefused);
        Assert.Equal((SecurityCause.TokenUnknown, Failures + 1), (kept.Kind, kept.Count));
    }

    private static void AssertToldWhenToComeBack(ScimReply reply)
    {
        reply.AssertError(429, null);
        Assert.InRange(int.Parse(reply.Header("Retry-After")!, CultureInfo.InvariantCulture), 1, 60);
    }
}
