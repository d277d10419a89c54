using System.Text.Json;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Conformance.Suites;

/// <summary>
/// Okta's SCIM 2.0 Entitlements test, which Okta publishes as
/// https://developer.okta.com/standards/SCIM/SCIMFiles/Okta-SCIM-20-Entitlements-Test.json: a page of one at every endpoint that has roles
/// or entitlements. How Okta finds those endpoints is said in its guide to a SCIM 2.0 server with entitlements. Both resource types are
/// definitions, as an installation would add them.
/// </summary>
public sealed class OktaEntitlementsTests(OktaEntitlementsTests.Directory directory) : IClassFixture<OktaEntitlementsTests.Directory>
{
    private const string Role = "urn:okta:scim:schemas:core:1.0:Role";
    private const string Entitlement = "urn:okta:scim:schemas:core:1.0:Entitlement";

    private ScimClient Contoso => directory.Host.Contoso;

    [Theory]
    [InlineData("/Roles")]
    [InlineData("/Entitlements")]
    public async Task A_page_of_one_is_answered_wherever_there_are_entitlements(string endpoint)
    {
        var reply = await Contoso.GetAsync($"{endpoint}?count=1&startIndex=1");

        Assert.Equal(200, reply.Status);
        Assert.Equal("""["urn:ietf:params:scim:api:messages:2.0:ListResponse"]""", reply.Body["schemas"]!.ToJsonString());
        Assert.Single(reply.Body["Resources"]!.AsArray());
        Assert.Equal(1, (int)reply.Body["itemsPerPage"]!);
        Assert.All(
            (string[])["startIndex", "totalResults"],
            number => Assert.Equal(JsonValueKind.Number, reply.Body[number]!.GetValueKind())
        );
    }

    [Theory]
    [InlineData(Role, "/Roles", "Operator")]
    [InlineData(Entitlement, "/Entitlements", "License")]
    public async Task Okta_finds_the_endpoint_by_its_schema_and_what_it_shows_there(string schema, string endpoint, string displayName)
    {
        var types = (await Contoso.GetAsync("/ResourceTypes")).Body["Resources"]!.AsArray();

        var type = types.Single(type => (string?)type!["schema"] == schema)!;
        Assert.Equal(endpoint, (string?)type["endpoint"]);
        var first = (await Contoso.GetAsync($"{endpoint}?count=1&startIndex=1")).Body["Resources"]![0]!;
        Assert.Equal((displayName, "A"), ((string?)first["displayName"], (string?)first["type"]));
        Assert.NotEmpty(first["id"]!.GetValue<string>());
    }

    public sealed class Directory : IAsyncLifetime
    {
        public ScimHost Host { get; } =
            new() { Schemas = SampleDefinitions.Read($"[{Definition("Role", Role)},{Definition("Entitlement", Entitlement)}]") };

        public async Task InitializeAsync()
        {
            await Host.InitializeAsync();
            foreach (
                var (endpoint, schema, name) in ((string, string, string)[])
                    [
                        ("/Roles", Role, "Operator"),
                        ("/Roles", Role, "Auditor"),
                        ("/Entitlements", Entitlement, "License"),
                        ("/Entitlements", Entitlement, "Storage"),
                    ]
            )
            {
                var json = $$"""{"schemas":["{{schema}}"],"displayName":"{{name}}","type":"A","description":"What it is for"}""";
                Assert.Equal(201, (await Host.Contoso.PostAsync(endpoint, json)).Status);
            }
        }

        public Task DisposeAsync() => Host.DisposeAsync();

        private static string Definition(string name, string schema) =>
            $$"""
                {
                  "id": "{{schema}}",
                  "name": "{{name}}",
                  "attributes": [{"name": "displayName", "required": true}, {"name": "type"}, {"name": "description"}]
                },
                {"name": "{{name}}", "endpoint": "/{{name}}s", "schema": "{{schema}}"}
                """;
    }
}
