using System.Text.Encodings.Web;
using System.Text.Json;

namespace NinjaIam.Tests.Reliability.Isolation;

/// <summary>
/// Draws what the client of a provider asks next. Both draw from the same few names, so that they meet where they may not notice, and each
/// uses the labels of the other as readily as its own.
/// </summary>
internal sealed class RandomRequests(Random random)
{
    // Most of the earlier ones are deleted.
    private const int Latest = 16;

    private static readonly string[] Domains = ["contoso.com", "fabrikam.com"];
    private static readonly string[] Providers = ["contoso", "fabrikam"];

    private static readonly string[] Orders = ["userName", "externalId", "displayName", "emails.value", "name.familyName", "id"];

    private static readonly string[] Selections =
    [
        "",
        "attributes=userName,manager",
        "attributes=displayName,members",
        "excludedAttributes=members,groups",
        "attributes=groups",
    ];

    private readonly List<string>[] _users =
    [
        [],
        [],
    ];
    private readonly List<string>[] _groups =
    [
        [],
        [],
    ];

    /// <summary>The last list of each that goes on by cursor.</summary>
    private readonly Drawn?[] _lists = new Drawn?[2];

    /// <summary>There is a resource from now on that requests may name by its label.</summary>
    public void Created(int provider, string label, string path) =>
        (path.StartsWith("/Users", StringComparison.Ordinal) ? _users : _groups)[provider].Add(label);

    /// <summary>The provider has been given a cursor by this request, known as <c>‹cursor 0›</c> or <c>‹cursor 1›</c>.</summary>
    public void GivenCursor(int provider, Drawn drawn) => _lists[provider] = drawn;

    public Drawn Next(int provider) =>
        random.Next(24) switch
        {
            < 3 => new Drawn(HttpMethod.Post, "/Users", UserJson(provider)),
            < 5 => new Drawn(HttpMethod.Post, "/Groups", GroupJson(provider)),
            < 8 => Patch(provider, User(provider), UserOperation(provider)),
            < 11 => Patch(provider, Group(provider), GroupOperation(provider)),
            < 12 => Conditional(new Drawn(HttpMethod.Put, User(provider), UserJson(provider))),
            < 13 => Conditional(new Drawn(HttpMethod.Put, Group(provider), GroupJson(provider))),
            < 14 => Conditional(new Drawn(HttpMethod.Delete, Any(provider))),
            < 18 => new Drawn(HttpMethod.Get, $"{Any(provider)}?{One(Selections)}")
            {
                Condition = Tag("If-None-Match"),
                AtOther = random.Next(10) == 0,
            },
            < 22 => List(provider, $"startIndex={random.Next(1, 12)}"),
            _ => ByCursor(provider),
        };

    /// <summary>A name outside all claimed domains that only clients of this provider use.</summary>
    public string FreeName(int provider) => $"{Providers[provider]}{random.Next(8)}@free.example";

    private string Any(int provider) =>
        random.Next(2) == 0 ? User(provider)
        : random.Next(4) == 0 ? $"/Groups/{Id(_users, provider)}"
        : Group(provider);

    private string User(int provider) => $"/Users/{Id(_users, provider)}";

    private string Group(int provider) => $"/Groups/{Id(_groups, provider)}";

    /// <summary>Of this provider three times out of four, of the other one else, whether it still exists or not.</summary>
    private string Id(List<string>[] labels, int provider)
    {
        var list = labels[random.Next(4) == 0 ? 1 - provider : provider];
        return list.Count == 0 ? Guid.Empty.ToString() : list[^random.Next(1, Math.Min(list.Count, Latest) + 1)];
    }

    private string UserName(int provider) =>
        random.Next(6) switch
        {
            0 => FreeName(provider),
            1 => $"person{random.Next(12)}@{Domains[1 - provider]}",
            _ => $"person{random.Next(12)}@{Domains[provider]}",
        };

    private string UserJson(int provider) =>
        $$$"""
            {"userName":"{{{UserName(provider)}}}",{{{(random.Next(3) > 0 ? $"\"externalId\":\"e{random.Next(12)}\"," : "")}}}
            "displayName":"Person {{{random.Next(4)}}}","name":{"familyName":"Family {{{random.Next(4)}}}"},"title":"Title {{{random.Next(
                4
            )}}}",
            "emails":[{"value":"mail{{{random.Next(6)}}}@free.example","type":"work"}],"active":{{{(
                random.Next(4) > 0 ? "true" : "false"
            )}}},
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"manager":{{{Manager(provider)}}}}}
            """;

    private string Manager(int provider)
    {
        var id = Id(_users, provider);
        return random.Next(2) == 0
            ? $$"""{"value":"{{id}}"}"""
            : $$"""{"value":"{{id}}","$ref":"https://iam.example.com/scim/v2/‹{{random.Next(2)}}›/Users/{{id}}"}""";
    }

    private string GroupJson(int provider) =>
        $$"""
            {"displayName":"Team {{random.Next(8)}}",{{(random.Next(2) == 0 ? $"\"externalId\":\"g{random.Next(8)}\"," : "")}}
            "members":[{{Members(provider)}}]}
            """;

    private string Members(int provider)
    {
        // Mostly only one's own, as one foreign id is enough for a refusal.
        var own = _users[provider];
        var ids = Enumerable.Range(0, random.Next(5)).Select(_ => own.Count == 0 ? Id(_users, provider) : One(own)).ToList();
        if (random.Next(4) == 0)
        {
            ids.Add(random.Next(4) == 0 ? Id(_groups, provider) : Id(_users, provider));
        }

        return string.Join(',', ids.Select(id => $$"""{"value":"{{id}}"}"""));
    }

    private string UserOperation(int provider) =>
        random.Next(7) switch
        {
            0 => $$"""{"op":"replace","path":"userName","value":"{{UserName(provider)}}"}""",
            1 => $$"""{"op":"replace","path":"externalId","value":"e{{random.Next(12)}}"}""",
            2 => $$"""{"op":"replace","path":"active","value":{{(random.Next(2) == 0 ? "true" : "false")}}}""",
            3 => $$"""{"op":"add","path":"manager","value":"{{Id(_users, provider)}}"}""",
            4 => $$"""
                {"op":"replace","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager","value":{{Manager(provider)}}}
                """,
            5 => $$"""{"op":"replace","path":"emails[type eq \"work\"].value","value":"mail{{random.Next(6)}}@free.example"}""",
            _ => $$"""{"op":"replace","path":"displayName","value":"Person {{random.Next(4)}}"}""",
        };

    private string GroupOperation(int provider) =>
        random.Next(6) switch
        {
            0 => $$"""{"op":"replace","path":"displayName","value":"Team {{random.Next(8)}}"}""",
            1 => $$"""{"op":"remove","path":"members","value":[{{Members(provider)}}]}""",
            2 => $$"""{"op":"remove","path":"members[value eq \"{{Id(_users, provider)}}\"]"}""",
            3 => $$"""{"op":"replace","path":"members","value":[{{Members(provider)}}]}""",
            _ => $$"""{"op":"add","path":"members","value":[{{Members(provider)}}]}""",
        };

    private Drawn Patch(int provider, string path, string operation)
    {
        var operations =
            random.Next(3) == 0 ? $"{operation},{(path[1] == 'U' ? UserOperation(provider) : GroupOperation(provider))}" : operation;
        return Conditional(
            new Drawn(
                HttpMethod.Patch,
                random.Next(4) == 0 ? $"{path}?{One(Selections)}" : path,
                $$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{{operations}}]}"""
            )
        );
    }

    private Drawn ByCursor(int provider)
    {
        // A cursor of the other one with the other one's list is as foreign as it can be.
        var whose = random.Next(4) == 0 ? 1 - provider : provider;
        if (random.Next(3) == 0 || _lists[whose] is not { } list)
        {
            return List(provider, "cursor=");
        }

        var cursor = list.Path.IndexOf("cursor=", StringComparison.Ordinal);
        return list with { Path = $"{list.Path[..cursor]}cursor=‹cursor {whose}›" };
    }

    private Drawn List(int provider, string from)
    {
        var (path, filter) = random.Next(5) switch
        {
            < 2 => ("/Users", UserFilter(provider)),
            < 4 => ("/Groups", GroupFilter(provider)),
            _ => ("", random.Next(2) == 0 ? UserFilter(provider) : GroupFilter(provider)),
        };
        var order = random.Next(2) == 0 ? "" : $"sortBy={One(Orders)}&sortOrder={One(["ascending", "descending"])}";
        var query = $"?count={random.Next(0, 8)}&{One(Selections)}&{order}&{from}";
        var wanted = random.Next(4) == 0 ? null : filter;
        return random.Next(3) == 0
            ? new Drawn(HttpMethod.Post, $"{path}/.search{query}", SearchJson(wanted))
            : new Drawn(HttpMethod.Get, path + query) { Filter = wanted };
    }

    private static string SearchJson(string? filter) =>
        $$"""
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:SearchRequest"]
            {{(filter is null ? "" : $",\"filter\":\"{JsonEncodedText.Encode(filter, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"")}}}
            """;

    private string UserFilter(int provider) =>
        random.Next(12) switch
        {
            0 => $"id eq \"{Id(_users, provider)}\"",
            1 => $"userName eq \"{UserName(random.Next(2))}\"",
            2 => $"userName sw \"{One(["person", "contoso", "fabrikam"])}\"",
            3 => $"externalId eq \"e{random.Next(12)}\"",
            4 => $"emails.value eq \"mail{random.Next(6)}@free.example\"",
            5 => $"emails[type eq \"work\" and value co \"{random.Next(6)}\"]",
            6 => $"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value eq \"{Id(_users, provider)}\"",
            7 => $"groups.value eq \"{Id(_groups, provider)}\"",
            8 => $"not (active eq true) or displayName co \"{random.Next(4)}\"",
            9 => $"title eq \"Title {random.Next(4)}\"",
            10 => "manager pr",
            _ => $"id ne \"{Id(_users, provider)}\" and userName co \"{random.Next(12)}\"",
        };

    private string GroupFilter(int provider) =>
        random.Next(5) switch
        {
            0 => $"id eq \"{Id(_groups, provider)}\"",
            1 => $"displayName eq \"Team {random.Next(8)}\"",
            2 => $"members.value eq \"{Id(_users, provider)}\"",
            3 => $"members[value eq \"{Id(_users, provider)}\"]",
            _ => $"externalId eq \"g{random.Next(8)}\" or displayName sw \"Team\"",
        };

    private Drawn Conditional(Drawn drawn) => random.Next(5) == 0 ? drawn with { Condition = Tag("If-Match") } : drawn;

    private (string, string)? Tag(string header) => random.Next(2) == 0 ? (header, $"W/\"{random.Next(1, 5)}\"") : null;

    private T One<T>(IReadOnlyList<T> list) => list[random.Next(list.Count)];
}
