using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using NinjaIam.Core.Journal;
using NinjaIam.Core.Storage;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Reliability.Load;

/// <summary>
/// Several clients that write at the same time, each to people and groups of its own and all to the members of one group, until the
/// program ends; and the comparison of what is left with what they know.
/// </summary>
internal sealed class WriteLoad
{
    private readonly List<WritingClient> _clients;
    private readonly Func<HttpClient, ScimClient> _provider;
    private readonly string _sharedGroup;

    private WriteLoad(List<WritingClient> clients, Func<HttpClient, ScimClient> provider, string sharedGroup) =>
        (_clients, _provider, _sharedGroup) = (clients, provider, sharedGroup);

    public int Answered => _clients.Sum(client => client.Answered.Count);

    public int AppliedWithoutAnswer => _clients.Sum(client => client.AppliedWithoutAnswer);

    public int LostWithoutAnswer => _clients.Sum(client => client.LostWithoutAnswer);

    /// <param name="demonstration">Whose provider the clients belong to, also after the portal was started again over its data.</param>
    public static async Task<WriteLoad> PrepareAsync(PortalProcess demonstration, int clients, int seed)
    {
        var (identifier, token) = (demonstration.ScimBaseUrl.Split('/')[^1], demonstration.ScimToken);
        ScimClient ProviderOver(HttpClient http) => new(http, Guid.Empty, identifier, token);

        using var http = new HttpClient { BaseAddress = demonstration.Address };
        var group = await ProviderOver(http).AddGroupAsync("Shared");
        var writers = Enumerable.Range(0, clients).Select(number => new WritingClient(number, seed, group));
        return new WriteLoad([.. writers], ProviderOver, group);
    }

    /// <summary>Writes until the program is gone, which is the business of <paramref name="end"/> once so many requests were answered.</summary>
    public async Task RunAsync(PortalProcess portal, int answers, Func<Task> end)
    {
        using var http = new HttpClient { BaseAddress = portal.Address };
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = answers;
        var writing = _clients.ConvertAll(client =>
            client.WriteAsync(
                _provider(http),
                () =>
                {
                    if (Interlocked.Decrement(ref left) == 0)
                    {
                        enough.SetResult();
                    }
                }
            )
        );
        // A client that ends before has found something wrong.
        await Task.WhenAny([enough.Task, .. writing]);
        await end();
        await Task.WhenAll(writing);
    }

    /// <summary>Compares what a portal answers with what each client knows.</summary>
    public async Task CompareAsync(PortalProcess portal)
    {
        using var http = new HttpClient { BaseAddress = portal.Address };
        var scim = _provider(http);
        var users = await ListAsync(scim, "/Users");
        var keys = users.ToDictionary(user => Text(user, "id"), user => Text(user, "externalId"), StringComparer.Ordinal);
        var groups = await ListAsync(scim, "/Groups");
        var shared = MembersOf(groups.Single(group => Text(group, "id") == _sharedGroup), keys);
        groups.RemoveAll(group => Text(group, "id") == _sharedGroup);
        foreach (var client in _clients)
        {
            var people = users.Where(user => client.Owns(Text(user, "externalId"))).ToList();
            var own = groups.Where(group => client.Owns(Text(group, "externalId"))).ToList();
            var found = new ClientState
            {
                People = new ClientState().People.AddRange(people.ToDictionary(user => Text(user, "externalId"), PersonOf)),
                Groups = new ClientState().Groups.AddRange(
                    own.ToDictionary(
                        group => Text(group, "externalId"),
                        group => new Group(Text(group, "displayName"), MembersOf(group, keys), VersionOf(group))
                    )
                ),
                InSharedGroup = ClientState.SetOf(shared.Where(client.Owns)),
            };
            client.Compare(
                found,
                people.Concat(own).ToDictionary(resource => Text(resource, "externalId"), resource => Text(resource, "id"))
            );
        }

        Assert.Equal(users.Count, _clients.Sum(client => client.State.People.Count));
        Assert.Equal(groups.Count, _clients.Sum(client => client.State.Groups.Count));
    }

    /// <summary>
    /// Asserts that the journal holds every answered change under its request ID, and besides only those without an answer that were found
    /// to be done. Compare first.
    /// </summary>
    public async Task AssertJournaledAsync(string file)
    {
        var journaled = new Dictionary<string, HashSet<long>>(StringComparer.Ordinal);
        await using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var statement = connection.Statement(
            """
            SELECT "RequestId", "VersionAfter" FROM journal
            WHERE "ActorKind" = $provider AND NOT ("ResourceId" = $shared AND "VersionBefore" IS NULL)
            """,
            ("$provider", (int)ActorKind.Provider),
            ("$shared", _sharedGroup)
        );
        await using var rows = await statement.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            if (!journaled.TryGetValue(rows.GetString(0), out var versions))
            {
                journaled.Add(rows.GetString(0), versions = []);
            }

            versions.Add(rows.GetInt64(1));
        }

        var answered = _clients.SelectMany(client => client.Answered).ToDictionary();
        Assert.Empty(answered.Keys.Except(journaled.Keys));
        Assert.Equal(AppliedWithoutAnswer, journaled.Keys.Except(answered.Keys).Count());
        Assert.All(answered, each => Assert.True(each.Value is not { } version || journaled[each.Key].Contains(version)));
    }

    private static async Task<List<JsonObject>> ListAsync(ScimClient scim, string path)
    {
        var found = new List<JsonObject>();
        var cursor = "";
        while (true)
        {
            var reply = await scim.GetAsync($"{path}?count=1000&cursor={cursor}");
            Assert.True(reply.Status == 200, reply.Text);
            found.AddRange(reply.Body["Resources"]!.AsArray().Select(resource => resource!.AsObject()));
            if (reply.Body["nextCursor"]?.GetValue<string>() is not { } next)
            {
                Assert.Equal(found.Count, reply.Body["totalResults"]!.GetValue<int>());
                return found;
            }

            cursor = next;
        }
    }

    /// <summary>Where the attributes do not bear one mark, the person is half changed: then all of them are its mark.</summary>
    private static Person PersonOf(JsonObject user)
    {
        string[] marks = [Text(user, "displayName"), Text(user, "title"), Text(user["emails"]![0]!.AsObject(), "value").Split('@')[0]];
        return new Person(Text(user, "userName"), string.Join('/', marks.Distinct()), user["active"]!.GetValue<bool>(), VersionOf(user));
    }

    private static ImmutableSortedSet<string> MembersOf(JsonObject group, Dictionary<string, string> keys) =>
        ClientState.SetOf((group["members"]?.AsArray() ?? []).Select(member => keys[Text(member!.AsObject(), "value")]));

    private static long VersionOf(JsonObject resource) => ScimReply.VersionOf(Text(resource["meta"]!.AsObject(), "version"));

    private static string Text(JsonObject resource, string attribute) => resource[attribute]!.GetValue<string>();
}
