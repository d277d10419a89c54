using System.Net.Sockets;
using System.Text;
using NinjaIam.Core.Storage;
using NinjaIam.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace NinjaIam.Tests.Reliability;

/// <summary>Clients go away before they are answered.</summary>
public sealed class GoneClientTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Renamed = "Renamed";

    private readonly ScimHost _host = new();

    private IWritePath WritePath => _host.Get<IWritePath>();

    public async Task InitializeAsync()
    {
        await _host.InitializeAsync();
        // That a token was used is written on the side, and would be taken for the request.
        await _host.StopNotingUseAsync();
    }

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task While_its_request_waits_nothing_of_it_is_done()
    {
        var ids = await _host.Contoso.AddUsersAsync(20);
        var group = await _host.Contoso.AddGroupAsync("Helpdesk");
        var before = await _host.StateAsync();
        var (holds, goOn, holding) = Hold();
        await holds;

        await LeaveAsync(await AskAsync(group, ids));
        goOn();
        await holding;
        await WritePath.RunAsync(_host.Contoso.ProviderId, _ => Task.FromResult(0), CancellationToken.None);

        Assert.Equal(before, await _host.StateAsync());
    }

    [Fact]
    public async Task Once_it_has_begun_all_of_it_is_done()
    {
        var ids = await _host.Contoso.AddUsersAsync(20);
        var group = await _host.Contoso.AddGroupAsync("Helpdesk");
        var (holds, goOn, holding) = Hold();
        await holds;

        // What is asked next is in its turn before the second hold, and so has begun and is not yet stored when that one holds.
        var asked = await AskAsync(group, ids);
        var (holdsAgain, goOnAgain, holdingAgain) = Hold();
        goOn();
        try
        {
            await holdsAgain.WaitAsync(TimeSpan.FromSeconds(30));
            await LeaveAsync(asked);
        }
        finally
        {
            goOnAgain();
        }

        await Task.WhenAll(holding, holdingAgain);

        var reply = await _host.Contoso.GetAsync($"/Groups/{group}");
        Assert.Equal(Renamed, reply.Body["displayName"]!.GetValue<string>());
        Assert.Equal(ids.Length, reply.Body["members"]!.AsArray().Count);
        Assert.Equal(2, reply.Version);
    }

    [Fact]
    public async Task However_much_of_a_request_was_sent_it_is_done_as_a_whole_or_not_at_all()
    {
        var random = new Random(Seed.Next(output));
        var ids = await _host.Contoso.AddUsersAsync(20);
        var groups = new List<(string Id, bool IsWhole)>();
        for (var number = 0; number < 90; number++)
        {
            groups.Add((await _host.Contoso.AddGroupAsync($"Group {number}"), number % 3 == 0));
        }

        await Parallel.ForEachAsync(
            groups,
            async (group, _) =>
            {
                var request = Encoding.UTF8.GetBytes(RequestText(group.Id, $"{Renamed} {group.Id}", ids));
                int sent;
                lock (random)
                {
                    sent = group.IsWhole ? request.Length : random.Next(request.Length);
                }

                using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(_host.Client.BaseAddress!.Host, _host.Client.BaseAddress.Port, CancellationToken.None);
                await socket.SendAsync(request.AsMemory(0, sent), CancellationToken.None);
                // With a reset or in peace.
                socket.LingerState = new LingerOption(sent % 2 == 0, 0);
            }
        );
        await _host.StopAsync();

        await Soundness.AssertAsync(_host.DatabaseFile);
        var done = 0;
        foreach (var (id, isWhole) in groups)
        {
            var (name, members, version) = await StoredAsync(id);
            if (version == 1)
            {
                Assert.Equal((false, 0), (name.StartsWith(Renamed, StringComparison.Ordinal), members));
            }
            else
            {
                Assert.Equal(($"{Renamed} {id}", ids.Length, 2, true), (name, members, version, isWhole));
                done++;
            }
        }

        output.WriteLine($"{done} of {groups.Count(group => group.IsWhole)} requests that were sent as a whole were done.");
    }

    /// <summary>Holds the one writer from the moment when the first task ends until the action is called.</summary>
    private (Task Holds, Action GoOn, Task Holding) Hold()
    {
        var holds = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var holding = WritePath.RunAsync(
            _ =>
            {
                holds.SetResult();
                return goOn.Task;
            },
            CancellationToken.None
        );
        return (holds.Task, () => goOn.SetResult(true), holding);
    }

    /// <summary>Sends a request that renames a group and adds members to it, and answers once it waits to be written.</summary>
    private async Task<Asked> AskAsync(string group, string[] ids)
    {
        var client = new CancellationTokenSource();
        var server = new TaskCompletionSource<CancellationToken>(TaskCreationOptions.RunContinuationsAsynchronously);
        void OnAsked(CancellationToken gone) => server.TrySetResult(gone);
        _host.WriteAsked += OnAsked;
        var reply = SendAsync(group, ids, client.Token);
        Assert.Same(server.Task, await Task.WhenAny(server.Task, reply));
        var gone = await server.Task;
        _host.WriteAsked -= OnAsked;
        return new Asked(reply, client, gone);
    }

    private async Task SendAsync(string group, string[] ids, CancellationToken leaving)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/scim/v2/{_host.Contoso.Identifier}/Groups/{group}");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {_host.Contoso.Token}");
        request.Content = new StringContent(BodyOf(Renamed, ids), Encoding.UTF8, "application/scim+json");
        using var response = await _host.Client.SendAsync(request, leaving);
    }

    /// <summary>The client goes away, and the server has noticed.</summary>
    private static async Task LeaveAsync(Asked asked)
    {
        var noticed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = asked.Gone.Register(noticed.SetResult);
        await asked.Client.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked.Reply);
        await noticed.Task.WaitAsync(TimeSpan.FromSeconds(30));
        asked.Client.Dispose();
    }

    private string RequestText(string group, string name, string[] ids)
    {
        var body = BodyOf(name, ids);
        return $"PATCH /scim/v2/{_host.Contoso.Identifier}/Groups/{group} HTTP/1.1\r\nHost: localhost\r\n"
            + $"Authorization: Bearer {_host.Contoso.Token}\r\nContent-Type: application/scim+json\r\n"
            + $"Content-Length: {body.Length}\r\n\r\n{body}";
    }

    private static string BodyOf(string name, string[] ids) =>
        $$"""
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[
            {"op":"replace","path":"displayName","value":"{{name}}"},
            {"op":"add","path":"members","value":[{{string.Join(',', ids.Select(id => $$"""{"value":"{{id}}"}"""))}}]}]}
            """;

    private async Task<(string Name, int Members, int Version)> StoredAsync(string id)
    {
        await using var session = await _host.Get<SqliteDatabase>().OpenReaderAsync(CancellationToken.None);
        await using var statement = session.Statement(
            """
            SELECT json_extract(doc, '$.displayName'), (SELECT COUNT(*) FROM members WHERE group_seq = seq), version
            FROM resources WHERE id = $id
            """,
            ("$id", Guid.Parse(id))
        );
        await using var rows = await statement.ExecuteReaderAsync();
        Assert.True(await rows.ReadAsync());
        return (rows.GetString(0), rows.GetInt32(1), rows.GetInt32(2));
    }

    /// <param name="Client">Cancelled, the client hangs up.</param>
    /// <param name="Gone">What tells the server so.</param>
    private sealed record Asked(Task Reply, CancellationTokenSource Client, CancellationToken Gone);
}
