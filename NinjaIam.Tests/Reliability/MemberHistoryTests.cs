using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using NinjaIam.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace NinjaIam.Tests.Reliability;

/// <summary>Several clients change the members of one group at the same time.</summary>
public sealed class MemberHistoryTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly ScimHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Members_added_one_by_one_by_five_clients_are_all_there()
    {
        var ids = await _host.Contoso.AddUsersAsync(500);
        var group = await _host.Contoso.AddGroupAsync("Helpdesk");

        await Task.WhenAll(
            ids.Chunk(100)
                .Select(async part =>
                {
                    foreach (var id in part)
                    {
                        var reply = await _host.Contoso.PatchAsync($"/Groups/{group}", Operation("Add", id));
                        Assert.Equal(204, reply.Status);
                    }
                })
        );

        var reply = await _host.Contoso.GetAsync($"/Groups/{group}");
        Assert.Equal(ids.Order(), MembersOf(reply.Body).Order());
        Assert.Equal("W/\"501\"", reply.Header("ETag"));
    }

    /// <summary>
    /// The version in an answer says where in the order a request stands. In that order each request does what it says, what was answered
    /// before another was asked stands before it, and the journal tells the same.
    /// </summary>
    [Fact]
    public async Task A_concurrent_history_has_an_order_in_which_it_could_have_happened()
    {
        var seed = Seed.Next(output);
        var ids = await _host.Contoso.AddUsersAsync(12);
        var group = await _host.Contoso.AddGroupAsync("Helpdesk");
        var history = new ConcurrentBag<Step>();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(client => RunAsync(new Random(seed + client), group, ids, history)));

        var rows = (await DirectoryHistory.MembersAsync(_host.DatabaseFile, group)).ToDictionary(row => row.Version);
        var changing = history
            .Where(step => rows.GetValueOrDefault(step.Version)?.Request == step.Request)
            .ToDictionary(step => step.Version);
        var states = new Dictionary<long, HashSet<string>> { [1] = [] };
        for (var version = 2L; version <= rows.Count + 1; version++)
        {
            var (before, after) = (states[version - 1], changing[version].After(states[version - 1]));
            Assert.Equal(before.Except(after).Order(), rows[version].Removed.Order());
            Assert.Equal(after.Except(before).Order(), rows[version].Added.Order());
            states.Add(version, after);
        }

        Assert.All(history, step => Assert.Equal(states[step.Version].Order(), step.After(states[step.Version]).Order()));
        foreach (var step in history)
        {
            var earliest = changing.GetValueOrDefault(step.Version) == step ? step.Version - 1 : step.Version;
            Assert.All(history.Where(other => other.Answered < step.Asked), other => Assert.InRange(other.Version, 1, earliest));
        }

        Assert.Equal(states[rows.Count + 1].Order(), MembersOf((await _host.Contoso.GetAsync($"/Groups/{group}")).Body).Order());
        await DirectoryHistory.AssertToldAsStoredAsync(_host.DatabaseFile);
    }

    private async Task RunAsync(Random random, string group, string[] ids, ConcurrentBag<Step> history)
    {
        var path = $"/Groups/{group}";
        for (var count = 0; count < 80; count++)
        {
            var some = random.GetItems(ids, random.Next(1, 5)).Distinct().ToArray();
            var others = random.GetItems(ids, random.Next(1, 3)).Distinct().ToArray();
            var asked = Stopwatch.GetTimestamp();
            Func<HashSet<string>, IEnumerable<string>> apply;
            ScimReply reply;
            switch (random.Next(8))
            {
                case 0:
                case 1:
                    apply = members => members.Union(some);
                    reply = await _host.Contoso.PatchAsync(path, Operation("add", some));
                    break;
                case 2:
                    apply = members => members.Except(some);
                    reply = await _host.Contoso.PatchAsync(path, Operation("remove", some));
                    break;
                case 3:
                    apply = members => members.Except(some[..1]);
                    reply = await _host.Contoso.PatchAsync(path, $$"""{"op":"remove","path":"members[value eq \"{{some[0]}}\"]"}""");
                    break;
                case 4:
                    apply = _ => some;
                    reply = await _host.Contoso.PatchAsync(path, Operation("replace", some));
                    break;
                case 5:
                    apply = members => members.Union(some).Except(others);
                    reply = await _host.Contoso.PatchAsync(path, $"{Operation("add", some)},{Operation("remove", others)}");
                    break;
                case 6:
                    apply = _ => some;
                    reply = await _host.Contoso.PutAsync(path, $$"""{"displayName":"Helpdesk","members":[{{Values(some)}}]}""");
                    break;
                default:
                    reply = await _host.Contoso.GetAsync(path);
                    var read = MembersOf(reply.Body);
                    apply = _ => read;
                    break;
            }

            var answered = Stopwatch.GetTimestamp();
            Assert.True(reply.Status is 200 or 204, $"{reply.Status}: {reply.Text}");
            history.Add(new Step(reply.RequestId, asked, answered, reply.Version, members => [.. apply(members)]));
        }
    }

    private static string Operation(string op, params string[] ids) => $$"""{"op":"{{op}}","path":"members","value":[{{Values(ids)}}]}""";

    private static string Values(string[] ids) => string.Join(',', ids.Select(id => $$"""{"value":"{{id}}"}"""));

    private static string[] MembersOf(JsonObject group) =>
        [.. (group["members"]?.AsArray() ?? []).Select(member => member!["value"]!.GetValue<string>())];

    /// <param name="Version">Of the group, as the answer says.</param>
    /// <param name="After">The members after the request, from those before; a reading answers what it read.</param>
    private sealed record Step(string Request, long Asked, long Answered, long Version, Func<HashSet<string>, HashSet<string>> After);
}
