using System.Text.Json.Nodes;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Conformance;

/// <summary>RFC 7644, section 4, and RFC 7643, sections 5 to 7 with the errata: what the provider says of itself.</summary>
public sealed class DiscoveryTests(ScimHost host) : IClassFixture<ScimHost>
{
    private const string Core = "urn:ietf:params:scim:schemas:core:2.0:";
    private const string User = "urn:ietf:params:scim:schemas:core:2.0:User";
    private const string NinjaOne = "urn:ietf:params:scim:schemas:extension:ninjaone:2.0:User";
    private const string Group = "urn:ietf:params:scim:schemas:core:2.0:Group";
    private const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private static readonly string[] Types = ["string", "boolean", "decimal", "integer", "dateTime", "binary", "reference", "complex"];

    private ScimClient Contoso => host.Contoso;

    [Fact]
    [Proves(
        "7644-4-1",
        "7644-3.7.4-1",
        "7643-5-1",
        "7643-5-2",
        "7643-5-3",
        "7643-5-4",
        "7643-5-5",
        "7643-5-6",
        "7643-5-7",
        "7643-5-8",
        "9865-configuration-1",
        "9865-configuration-2"
    )]
    public async Task The_configuration_says_everything_also_to_who_has_no_token()
    {
        var reply = await Contoso.SendAsync(
            HttpMethod.Get,
            "/ServiceProviderConfig",
            null,
            request => request.Headers.Authorization = null
        );

        Assert.Equal((200, "application/scim+json"), (reply.Status, reply.ContentType));
        var config = reply.Body;
        var scheme = Assert.Single(config["authenticationSchemes"]!.AsArray())!.AsObject();
        Assert.Equal("oauthbearertoken", scheme["type"]!.GetValue<string>());
        Assert.All((string[])["name", "description", "specUri"], name => Assert.NotEmpty(scheme[name]!.GetValue<string>()));
        config.Remove("authenticationSchemes");
        Assert.Equal(
            "{"
                + """ "schemas":["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],"patch":{"supported":true},"""
                + """ "bulk":{"supported":true,"maxOperations":1000,"maxPayloadSize":1048576},"filter":{"supported":true,"maxResults":1000},"""
                + """ "changePassword":{"supported":false},"sort":{"supported":true},"etag":{"supported":true},"""
                + """ "pagination":{"cursor":true,"index":true,"defaultPaginationMethod":"index","defaultPageSize":100,"maxPageSize":1000,"cursorTimeout":3600},"""
                + $$""" "meta":{"resourceType":"ServiceProviderConfig","location":"{{Root}}/ServiceProviderConfig"} }""",
            config.ToJsonString(),
            ignoreAllWhiteSpace: true
        );
    }

    [Fact]
    [Proves("7644-4-2", "7644-4-3", "7644-3.2-1", "7643-6-1", "7643-6-2", "7643-6-3", "7643-7-1", "errata-7643-5607")]
    public async Task Schemas_and_resource_types_are_listed_and_found_one_by_one()
    {
        var schemas = await ListAsync("/Schemas");
        var types = await ListAsync("/ResourceTypes");

        var urns = schemas.Select(schema => schema["id"]!.GetValue<string>()).ToList();
        Assert.Equal(
            [
                User,
                Enterprise,
                NinjaOne,
                Group,
                .. ((string[])["ServiceProviderConfig", "ResourceType", "Schema"]).Select(name => Core + name),
            ],
            urns
        );
        Assert.Equal(["/Users", "/Groups"], types.Select(type => type["endpoint"]!.GetValue<string>()));
        Assert.All(schemas, schema => Assert.NotEmpty(schema["attributes"]!.AsArray()));
        Assert.All(schemas.Concat(types), document => AssertTexts(document, "id", "name", "description"));
        foreach (var type in types)
        {
            Assert.Contains(type["schema"]!.GetValue<string>(), urns);
            foreach (var extension in type["schemaExtensions"]!.AsArray())
            {
                Assert.Contains(extension!["schema"]!.GetValue<string>(), urns);
                Assert.False(extension["required"]!.GetValue<bool>());
            }
        }

        foreach (
            var (path, documents) in (IEnumerable<(string, IReadOnlyList<JsonObject>)>)[("/Schemas", schemas), ("/ResourceTypes", types)]
        )
        {
            foreach (var document in documents)
            {
                var one = await Contoso.GetAsync($"{path}/{document["id"]}");

                Assert.True(JsonNode.DeepEquals(document, one.Body), one.Text);
                Assert.Equal($"{Root}{path}/{document["id"]}", document["meta"]!["location"]!.GetValue<string>());
            }
        }
    }

    [Fact]
    [Proves(
        "7643-1.2-1",
        "7643-2.1-2",
        "7643-2.3-1",
        "7643-2.3.8-2",
        "7643-7-2",
        "7643-7-3",
        "7643-7-4",
        "errata-7643-6004",
        "errata-7643-8415",
        "errata-7643-5607",
        "errata-7643-6001",
        "errata-7643-8924"
    )]
    public async Task Every_attribute_has_all_of_its_characteristics()
    {
        foreach (var schema in await ListAsync("/Schemas"))
        {
            foreach (var attribute in schema["attributes"]!.AsArray())
            {
                // The schema of schemas alone nests deeper (RFC 7643, section 7).
                AssertComplete(attribute!.AsObject(), mayBeComplex: true, mayNest: schema["id"]!.GetValue<string>() == Core + "Schema");
            }
        }
    }

    [Theory]
    [InlineData(User, "userName", "string required readWrite default server")]
    [InlineData(User, "displayName", "string readWrite default none")]
    [InlineData(User, "name", "complex readWrite default")]
    [InlineData(User, "name.familyName", "string readWrite default none")]
    [InlineData(User, "profileUrl", "reference caseExact readWrite default none external")]
    [InlineData(User, "active", "boolean readWrite default none")]
    [InlineData(User, "password", "string writeOnly never none")]
    [InlineData(User, "emails", "complex multiValued readWrite default")]
    [InlineData(User, "emails.value", "string readWrite default none")]
    [InlineData(User, "emails.type", "string readWrite default none work|home|other")]
    [InlineData(User, "emails.primary", "boolean readWrite default none")]
    [InlineData(User, "phoneNumbers.type", "string readWrite default none work|home|mobile|fax|pager|other")]
    [InlineData(User, "photos.value", "reference caseExact readWrite default none external")]
    [InlineData(User, "groups", "complex multiValued readOnly default")]
    [InlineData(User, "groups.$ref", "reference caseExact readOnly default none Group")]
    [InlineData(User, "groups.type", "string readOnly default none direct|indirect")]
    [InlineData(User, "x509Certificates.value", "binary caseExact readWrite default none")]
    [InlineData(Enterprise, "manager.value", "string caseExact readWrite default none")]
    [InlineData(Enterprise, "manager.$ref", "reference caseExact readWrite default none User")]
    [InlineData(Enterprise, "manager.displayName", "string readOnly default none")]
    [InlineData(Group, "displayName", "string required readWrite default server")]
    [InlineData(Group, "members", "complex multiValued readWrite default")]
    [InlineData(Group, "members.value", "string caseExact immutable default none")]
    [InlineData(Group, "members.$ref", "reference caseExact immutable default none User")]
    [InlineData(Group, "members.type", "string immutable default none User")]
    [InlineData(Group, "members.display", "string readOnly default none")]
    [Proves("7643-2.2-1", "errata-7643-5368", "errata-7643-5606", "errata-7643-6011", "errata-7643-8471", "errata-7643-8472")]
    public async Task An_attribute_is_what_the_standard_and_its_errata_say(string schema, string path, string expected)
    {
        var attribute = (await Contoso.GetAsync($"/Schemas/{schema}")).Body;
        foreach (var name in path.Split('.'))
        {
            var attributes = (attribute["attributes"] ?? attribute["subAttributes"])!.AsArray();
            attribute = attributes.Single(candidate => candidate!["name"]!.GetValue<string>() == name)!.AsObject();
        }

        string?[] found =
        [
            Text("type"),
            Flag("multiValued"),
            Flag("required"),
            Flag("caseExact"),
            Text("mutability"),
            Text("returned"),
            Text("uniqueness"),
            Texts("canonicalValues"),
            Texts("referenceTypes"),
        ];
        Assert.Equal(expected, string.Join(' ', found.OfType<string>()));

        string? Text(string name) => attribute[name]?.GetValue<string>();
        string? Flag(string name) => attribute[name]?.GetValue<bool>() == true ? name : null;
        string? Texts(string name) => attribute[name] is JsonArray list ? string.Join('|', list) : null;
    }

    [Theory]
    [InlineData("/Schemas")]
    [InlineData($"/Schemas/{User}")]
    [InlineData("/ResourceTypes")]
    [InlineData("/ResourceTypes/User")]
    [InlineData("/ServiceProviderConfig")]
    [Proves("7644-4-4", "7644-4-5")]
    public async Task Discovery_refuses_filters_and_ignores_sorting_paging_and_projection(string path)
    {
        var plain = await Contoso.GetAsync(path);
        var shaped = await Contoso.GetAsync($"{path}?sortBy=id&sortOrder=descending&startIndex=2&count=1&attributes=id&cursor=");

        Assert.Equal((200, plain.Text), (shaped.Status, shaped.Text));
        foreach (var filter in (string[])["filter=id pr", "filter=", "count=1&filter=name eq \"User\""])
        {
            (await Contoso.GetAsync($"{path}?{filter}")).AssertError(403, null);
        }
    }

    private string Root => $"{host.Client.BaseAddress}scim/v2/{Contoso.Identifier}";

    private async Task<IReadOnlyList<JsonObject>> ListAsync(string path)
    {
        var list = (await Contoso.GetAsync(path)).Body;
        Assert.Equal("""["urn:ietf:params:scim:api:messages:2.0:ListResponse"]""", list["schemas"]!.ToJsonString());
        var resources = list["Resources"]!.AsArray().Select(resource => resource!.AsObject()).ToList();
        Assert.Equal(resources.Count, list["totalResults"]!.GetValue<int>());
        return resources;
    }

    private static void AssertComplete(JsonObject attribute, bool mayBeComplex, bool mayNest)
    {
        AssertTexts(attribute, "name", "description");
        Assert.Matches(@"^(\$ref|[A-Za-z][A-Za-z0-9_-]*)$", attribute["name"]!.GetValue<string>());
        var type = attribute["type"]!.GetValue<string>();
        Assert.Contains(type, Types);
        Assert.All((string[])["multiValued", "required"], name => attribute[name]!.GetValue<bool>());
        Assert.Contains(attribute["mutability"]!.GetValue<string>(), (string[])["readOnly", "readWrite", "immutable", "writeOnly"]);
        Assert.Contains(attribute["returned"]!.GetValue<string>(), (string[])["always", "never", "default", "request"]);
        Assert.Equal(type == "reference", attribute["referenceTypes"] is JsonArray { Count: > 0 });
        if (type == "complex")
        {
            Assert.True(mayBeComplex, $"{attribute["name"]} is complex within a complex attribute.");
            Assert.False(attribute.ContainsKey("uniqueness"));
            Assert.All(attribute["subAttributes"]!.AsArray(), inner => AssertComplete(inner!.AsObject(), mayNest, mayNest));
        }
        else
        {
            Assert.False(attribute.ContainsKey("subAttributes"));
            Assert.Contains(attribute["uniqueness"]!.GetValue<string>(), (string[])["none", "server", "global"]);
            Assert.Equal(type is "reference" or "binary", attribute["caseExact"]!.GetValue<bool>() && type is "reference" or "binary");
        }
    }

    private static void AssertTexts(JsonObject document, params string[] names) =>
        Assert.All(names, name => Assert.NotEmpty(document[name]!.GetValue<string>()));
}
