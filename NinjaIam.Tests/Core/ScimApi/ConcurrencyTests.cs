using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Core.ScimApi;

public sealed class ConcurrencyTests : IAsyncLifetime
{
    private readonly ScimHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Members_added_at_the_same_time_are_all_there()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => _host.Contoso.AddUserAsync($"u{number}@contoso.com")));
        var group = await _host.Contoso.AddGroupAsync("Helpdesk");

        await Task.WhenAll(
            ids.Chunk(10)
                .Select(async part =>
                {
                    foreach (var id in part)
                    {
                        var reply = await _host.Contoso.PatchAsync(
                            $"/Groups/{group}",
                            $$"""{"op":"Add","path":"members","value":[{"value":"{{id}}"}]}"""
                        );
                        Assert.Equal(204, reply.Status);
                    }
                })
        );

        var reply = await _host.Contoso.GetAsync($"/Groups/{group}");
        Assert.Equal(ids.Order(), reply.Body["members"]!.AsArray().Select(member => member!["value"]!.GetValue<string>()).Order());
        Assert.Equal("W/\"51\"", reply.Header("ETag"));
    }

    [Fact]
    public async Task Of_many_who_create_the_same_userName_in_different_spellings_one_wins()
    {
        string[] spellings = ["ada@contoso.com", "ADA@contoso.com", "Ada@Contoso.com", "ａda@contoso.com"];

        var replies = await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(number =>
                    _host.Contoso.PostAsync("/Users", $$"""{"userName":"{{spellings[number % 4]}}","externalId":"e{{number}}"}""")
                )
        );

        Assert.Single(replies, reply => reply.Status == 201);
        Assert.All(replies.Where(reply => reply.Status != 201), reply => reply.AssertError(409, "uniqueness"));
        Assert.Equal(1, (await _host.Contoso.GetAsync("/Users")).Body["totalResults"]!.GetValue<int>());
    }
}
