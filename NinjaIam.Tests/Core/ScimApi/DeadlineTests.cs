using NinjaIam.Tests.Conformance;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.ScimApi;

public sealed class DeadlineTests : IAsyncLifetime
{
    private readonly ScimHost _host = new() { ReadDeadline = TimeSpan.Zero };

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    [Proves("7644-3.4.2.1-2", "7644-3.12-t2")]
    public async Task A_filter_that_takes_too_long_is_refused_with_the_attribute_that_takes_it()
    {
        for (var number = 0; number < 100; number++)
        {
            await _host.Contoso.AddUserAsync($"user{number}@contoso.com");
        }

        var terms = string.Join(" or ", Enumerable.Repeat("phoneNumbers[value ew \"x\" or type eq \"y\"]", 15));

        var slow = await _host.Contoso.GetAsync($"/Users?filter={Uri.EscapeDataString($"userName co \"@\" and ({terms})")}");
        var quick = await _host.Contoso.GetAsync(
            $"/Users?filter={Uri.EscapeDataString($"userName eq \"user7@contoso.com\" and ({terms})")}"
        );

        slow.AssertError(400, "tooMany", "userName");
        Assert.Equal(0, quick.Body["totalResults"]!.GetValue<int>());
    }
}
