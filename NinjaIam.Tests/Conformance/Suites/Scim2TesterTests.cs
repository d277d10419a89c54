using System.Globalization;
using System.Text.Json.Nodes;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Conformance.Suites;

/// <summary>
/// scim2-tester, https://github.com/python-scim/scim2-tester: discovery, an address of nothing, and for every resource type that is
/// discovered the creation, reading, listing, replacing and deleting, the projection, and a PATCH of every attribute that the schemas have,
/// by each operation. Values are random, canonical where the schema has such, and references lead to somebody.
/// </summary>
public sealed class Scim2TesterTests(Scim2TesterTests.Directory directory) : IClassFixture<Scim2TesterTests.Directory>
{
    private ScimClient Client => directory.Client;

    [Fact]
    public async Task The_configuration_is_answered()
    {
        var reply = await Client.GetAsync("/ServiceProviderConfig");

        Assert.Equal(200, reply.Status);
        Assert.Equal("""["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"]""", reply.Body["schemas"]!.ToJsonString());
        Assert.All(
            (string[])["patch", "bulk", "filter", "changePassword", "sort", "etag"],
            feature => Assert.NotNull(reply.Body[feature]!["supported"])
        );
    }

    [Theory]
    [InlineData("/ResourceTypes")]
    [InlineData("/Schemas")]
    public async Task What_discovery_lists_is_found_by_its_id(string path)
    {
        var list = await Client.GetAsync(path);

        Assert.Equal(200, list.Status);
        Assert.NotEmpty(list.Body["Resources"]!.AsArray());
        foreach (var document in list.Body["Resources"]!.AsArray())
        {
            var one = await Client.GetAsync($"{path}/{document!["id"]}");

            Assert.Equal(200, one.Status);
            Assert.True(JsonNode.DeepEquals(document, one.Body), one.Text);
        }
    }

    [Fact]
    public async Task The_schema_of_every_resource_type_can_be_read()
    {
        foreach (var type in (await Client.GetAsync("/ResourceTypes")).Body["Resources"]!.AsArray())
        {
            var schema = await Client.GetAsync($"/Schemas/{type!["schema"]}");

            Assert.Equal((200, (string?)type["schema"]), (schema.Status, schema.Id));
        }
    }

    [Fact]
    public async Task The_schemas_of_discovery_itself_are_published()
    {
        var names = (await Client.GetAsync("/Schemas")).Body["Resources"]!.AsArray().Select(schema => (string?)schema!["name"]).ToList();

        Assert.All((string[])["ResourceType", "ServiceProviderConfig", "Schema"], name => Assert.Contains(name, names));
    }

    [Theory]
    [InlineData("/ServiceProviderConfig")]
    [InlineData("/ResourceTypes")]
    [InlineData("/Schemas")]
    public async Task Discovery_knows_no_other_method_than_GET(string path)
    {
        foreach (var method in (HttpMethod[])[HttpMethod.Post, HttpMethod.Put, HttpMethod.Patch, HttpMethod.Delete])
        {
            (await Client.SendAsync(method, path)).AssertError(405, null);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("/ResourceTypes")]
    [InlineData("/Schemas")]
    public async Task An_address_of_nothing_is_answered_404_with_a_SCIM_error(string path) =>
        (await Client.GetAsync($"{path}/{Guid.NewGuid()}")).AssertError(404, null);

    [Theory]
    [InlineData("User")]
    [InlineData("Group")]
    public async Task A_resource_is_created_read_and_listed_as_the_schemas_describe_it(string type)
    {
        var schemas = await PublishedSchemas.ReadAsync(Client);

        var created = await CreateAsync(type, await FillAsync(schemas, type, isFull: true));

        var read = await Client.GetAsync($"/{type}s/{created.Id}");
        Assert.Equal((200, created.Id), (read.Status, read.Id));
        var listed = (await Client.GetAsync($"/{type}s?count=1000")).Body["Resources"]!.AsArray();
        var found = Assert.Single(listed, resource => (string?)resource!["id"] == created.Id)!;
        Assert.All(new[] { created.Body, read.Body, found.AsObject() }, schemas.AssertDescribe);
    }

    [Theory]
    [InlineData("User")]
    [InlineData("Group")]
    public async Task A_resource_is_replaced_with_other_values_of_all_of_its_attributes(string type)
    {
        var schemas = await PublishedSchemas.ReadAsync(Client);
        var id = (await CreateAsync(type, await FillAsync(schemas, type, isFull: true))).Id;
        var other = await FillAsync(schemas, type, isFull: true);

        var replaced = await Client.PutAsync($"/{type}s/{id}", other.ToJsonString());

        Assert.Equal((200, id), (replaced.Status, replaced.Id));
        schemas.AssertDescribe(replaced.Body);
        other.Remove("password");
        Assert.All(other, property => AssertHolds(property.Value, replaced.Body[property.Key], property.Key));
    }

    [Theory]
    [InlineData("User")]
    [InlineData("Group")]
    public async Task A_deleted_resource_cannot_be_read(string type)
    {
        var id = (await CreateAsync(type, await FillAsync(await PublishedSchemas.ReadAsync(Client), type, isFull: false))).Id;

        var deleted = await Client.DeleteAsync($"/{type}s/{id}");

        Assert.Equal((204, ""), (deleted.Status, deleted.Text));
        (await Client.GetAsync($"/{type}s/{id}")).AssertError(404, null);
    }

    [Theory]
    [InlineData("User", "name", "displayName")]
    [InlineData("Group", "externalId", "members")]
    public async Task One_a_list_and_a_search_have_the_attributes_asked_for_and_not_the_excluded_ones(
        string type,
        string asked,
        string excluded
    )
    {
        var created = await CreateAsync(type, await FillAsync(await PublishedSchemas.ReadAsync(Client), type, isFull: true));
        foreach (var (parameter, attribute) in ((string, string)[])[("attributes", asked), ("excludedAttributes", excluded)])
        {
            var search =
                $$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],"{{parameter}}":["{{attribute}}"],"count":1000}""";
            JsonNode[] answers =
            [
                (await Client.GetAsync($"/{type}s/{created.Id}?{parameter}={attribute}")).Body,
                Find(await Client.GetAsync($"/{type}s?{parameter}={attribute}&count=1000")),
                Find(await Client.PostAsync("/.search", search)),
            ];

            Assert.All(answers, answer => Assert.Equal(parameter == "attributes", answer[attribute] is not null));
        }

        JsonNode Find(ScimReply reply) =>
            Assert.Single(reply.Body["Resources"]!.AsArray(), resource => (string?)resource!["id"] == created.Id)!;
    }

    [Theory]
    [InlineData("User", "add")]
    [InlineData("User", "replace")]
    [InlineData("Group", "add")]
    [InlineData("Group", "replace")]
    public async Task Every_attribute_that_a_client_may_write_can_be_patched(string type, string verb)
    {
        var schemas = await PublishedSchemas.ReadAsync(Client);
        var path = $"/{type}s/{(await CreateAsync(type, await FillAsync(schemas, type, isFull: false))).Id}";
        foreach (
            var (name, attribute) in Writable(schemas, type)
                .Concat(schemas.ExtensionsOf(type))
                .Where(pair => verb == "replace" || !IsRequired(pair.Value))
        )
        {
            var value = await ValueAsync(attribute, name);

            var patched = await Client.PatchAsync(path, Operation(verb, name, value));

            Assert.True(patched.Status == (type == "User" ? 200 : 204), $"{name}: {patched.Text}");
            if ((string?)attribute["mutability"] != "writeOnly")
            {
                AssertHolds(value, At((await Client.GetAsync(path)).Body, name), name);
            }
        }
    }

    [Theory]
    [InlineData("User")]
    [InlineData("Group")]
    public async Task Every_attribute_that_is_not_required_can_be_removed(string type)
    {
        var schemas = await PublishedSchemas.ReadAsync(Client);
        var path = $"/{type}s/{(await CreateAsync(type, await FillAsync(schemas, type, isFull: true))).Id}";
        foreach (var (name, _) in Writable(schemas, type).Concat(schemas.ExtensionsOf(type)).Where(pair => !IsRequired(pair.Value)))
        {
            var removed = await Client.PatchAsync(path, $$"""{"op":"remove","path":"{{name}}"}""");

            Assert.True(removed.Status == (type == "User" ? 200 : 204), $"{name}: {removed.Text}");
            Assert.True(At((await Client.GetAsync(path)).Body, name) is null, name);
        }
    }

    private static bool IsRequired(JsonObject attribute) => (bool)attribute["required"]!;

    private static IEnumerable<KeyValuePair<string, JsonObject>> Writable(PublishedSchemas schemas, string type) =>
        schemas.AttributesOf(type).Where(pair => (string?)pair.Value["mutability"] != "readOnly");

    private async Task<ScimReply> CreateAsync(string type, JsonObject resource)
    {
        var reply = await Client.PostAsync($"/{type}s", resource.ToJsonString());
        Assert.True(reply.Status == 201, reply.Text);
        return reply;
    }

    /// <summary>A resource of random values: all that a client may write, or only what is required.</summary>
    private async Task<JsonObject> FillAsync(PublishedSchemas schemas, string type, bool isFull)
    {
        var urns = new JsonArray($"urn:ietf:params:scim:schemas:core:2.0:{type}");
        var resource = new JsonObject { ["schemas"] = urns };
        foreach (var (name, attribute) in Writable(schemas, type).Where(pair => isFull || IsRequired(pair.Value)))
        {
            var (urn, own) = Split(name);
            if (urn is not null && !resource.ContainsKey(urn))
            {
                urns.Add(urn);
                resource[urn] = new JsonObject();
            }

            (urn is null ? resource : resource[urn]!.AsObject())[own] = await ValueAsync(attribute, name);
        }

        return resource;
    }

    private async Task<JsonNode> ValueAsync(JsonObject attribute, string path)
    {
        var value = RandomValue(attribute, path);
        if (value is JsonObject reference && reference.ContainsKey("$ref"))
        {
            var user = (await Client.GetAsync($"/Users/{await Client.AddUserAsync($"{Guid.NewGuid():N}@example.com")}")).Body;
            reference["value"] = (string?)user["id"];
            reference["$ref"] = (string?)user["meta"]!["location"];
        }

        return attribute["multiValued"]?.GetValue<bool>() == true ? new JsonArray(value) : value;
    }

    private static JsonNode RandomValue(JsonObject attribute, string path) =>
        attribute["canonicalValues"] is JsonArray { Count: > 0 } canonical
            ? canonical[Random.Shared.Next(canonical.Count)]!.DeepClone()
            : (string?)attribute["type"] switch
            {
                "complex" => Complex(attribute, path),
                "boolean" => Random.Shared.Next(2) == 0,
                "reference" => $"https://{Guid.NewGuid()}.test",
                "binary" => Convert.ToBase64String(Guid.NewGuid().ToByteArray()),
                _ when path == "emails.value" => $"{Guid.NewGuid()}@{Guid.NewGuid()}.com",
                _ when path == "phoneNumbers.value" => Random
                    .Shared.NextInt64(10_000_000_000)
                    .ToString("D10", CultureInfo.InvariantCulture),
                _ => Guid.NewGuid().ToString(),
            };

    private static JsonObject Complex(JsonObject attribute, string path) =>
        new(
            attribute["subAttributes"]!
                .AsArray()
                .Where(part => (string?)part!["mutability"] != "readOnly")
                .Select(part =>
                    KeyValuePair.Create(
                        part!["name"]!.GetValue<string>(),
                        (JsonNode?)RandomValue(part.AsObject(), $"{path}.{part["name"]}")
                    )
                )
        );

    private static JsonNode? At(JsonObject resource, string path) =>
        resource[path] ?? (Split(path) is (string urn, var name) ? resource[urn]?[name] : null);

    private static (string? Urn, string Name) Split(string path) =>
        path.LastIndexOf(':') is var colon and >= 0 ? (path[..colon], path[(colon + 1)..]) : (null, path);

    private static string Operation(string verb, string path, JsonNode value) =>
        $$"""{"op":"{{verb}}","path":"{{path}}","value":{{value.ToJsonString()}} }""";

    /// <summary>Asserts that everything that was sent is there. The provider may add to it.</summary>
    private static void AssertHolds(JsonNode? sent, JsonNode? found, string place) =>
        Assert.True(Holds(sent, found), $"{place}: sent {sent?.ToJsonString()}, found {found?.ToJsonString()}");

    private static bool Holds(JsonNode? sent, JsonNode? found) =>
        (sent, found) switch
        {
            (JsonObject wanted, JsonObject given) => wanted.All(part => Holds(part.Value, given[part.Key])),
            (JsonArray wanted, JsonArray given) => wanted.All(one => given.Any(other => Holds(one, other))),
            _ => JsonNode.DeepEquals(sent, found),
        };

    /// <summary>With a provider that may write every value, as the one of a bare demonstration.</summary>
    public sealed class Directory : IAsyncLifetime
    {
        private readonly ScimHost _host = new();

        public ScimClient Client { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            await _host.InitializeAsync();
            Client = await _host.AddProviderAsync(
                Samples.Provider("Example", "example.com") with
                {
                    AllOrganizations = true,
                    MayCreateTechnicians = true,
                }
            );
        }

        public Task DisposeAsync() => _host.DisposeAsync();
    }
}
