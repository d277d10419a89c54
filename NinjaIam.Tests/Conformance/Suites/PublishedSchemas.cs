using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NinjaIam.Tests.Support;
using Xunit;

namespace NinjaIam.Tests.Conformance.Suites;

/// <summary>What <c>/Schemas</c> and <c>/ResourceTypes</c> say, as a suite holds it against every resource that is answered.</summary>
internal sealed class PublishedSchemas
{
    private static readonly string[] Common = ["schemas", "id", "externalId", "meta"];

    private readonly Dictionary<string, JsonArray> _attributes;
    private readonly List<JsonNode> _types;

    private PublishedSchemas(IEnumerable<JsonNode?> schemas, IEnumerable<JsonNode?> types)
    {
        _attributes = schemas.ToDictionary(schema => schema!["id"]!.GetValue<string>(), schema => schema!["attributes"]!.AsArray());
        _types = [.. types.Select(type => type!)];
    }

    public static async Task<PublishedSchemas> ReadAsync(ScimClient client) =>
        new(
            (await client.GetAsync("/Schemas")).Body["Resources"]!.AsArray(),
            (await client.GetAsync("/ResourceTypes")).Body["Resources"]!.AsArray()
        );

    /// <summary>
    /// The attributes of a resource type, of its extensions too, by the path that names them in a PATCH. <c>externalId</c> belongs to every
    /// resource and is in no schema.
    /// </summary>
    public IReadOnlyDictionary<string, JsonObject> AttributesOf(string typeName)
    {
        var type = _types.Single(type => (string?)type["name"] == typeName);
        var core = _attributes[type["schema"]!.GetValue<string>()]
            .Select(attribute => (attribute!["name"]!.GetValue<string>(), attribute.AsObject()));
        var extended = type["schemaExtensions"]!
            .AsArray()
            .Select(extension => extension!["schema"]!.GetValue<string>())
            .SelectMany(urn => _attributes[urn].Select(attribute => ($"{urn}:{attribute!["name"]}", attribute!.AsObject())));
        var externalId = JsonNode.Parse(
            """{"name":"externalId","type":"string","multiValued":false,"required":false,"mutability":"readWrite"}"""
        );
        return core.Concat(extended).Append(("externalId", externalId!.AsObject())).ToDictionary(pair => pair.Item1, pair => pair.Item2);
    }

    /// <summary>The extensions of a resource type, as the attributes that their URNs are in a PATCH.</summary>
    public IReadOnlyDictionary<string, JsonObject> ExtensionsOf(string typeName) =>
        _types.Single(type => (string?)type["name"] == typeName)["schemaExtensions"]!
            .AsArray()
            .Select(extension => extension!["schema"]!.GetValue<string>())
            .ToDictionary(
                urn => urn,
                urn => new JsonObject
                {
                    ["type"] = "complex",
                    ["multiValued"] = false,
                    ["required"] = false,
                    ["subAttributes"] = _attributes[urn].DeepClone(),
                }
            );

    /// <summary>Asserts that a resource has what is required, nothing that is never returned, and no value of another type.</summary>
    public void AssertDescribe(JsonObject resource)
    {
        var urns = resource["schemas"]!.AsArray().Select(urn => urn!.GetValue<string>()).ToList();
        Assert.All(urns, urn => Assert.Contains(urn, _attributes.Keys));
        var type = _types.Single(type => (string?)type["name"] == (string?)resource["meta"]!["resourceType"]);
        Assert.Contains((string?)type["schema"], urns);
        Assert.NotEmpty(resource["id"]!.GetValue<string>());
        Assert.EndsWith($"{type["endpoint"]}/{resource["id"]}", (string?)resource["meta"]!["location"], StringComparison.Ordinal);
        Assert.True(((string?)resource["externalId"])?.Length is null or > 0);
        AssertAttributes(resource, _attributes[type["schema"]!.GetValue<string>()], [.. Common, .. urns]);
        foreach (var urn in urns.Where(urn => urn != (string?)type["schema"]))
        {
            AssertAttributes(resource[urn]!.AsObject(), _attributes[urn], []);
        }
    }

    private static void AssertAttributes(JsonObject found, JsonArray attributes, IEnumerable<string> others)
    {
        var known = attributes.ToDictionary(attribute => attribute!["name"]!.GetValue<string>(), attribute => attribute!.AsObject());
        Assert.Empty(found.Select(property => property.Key).Except(known.Keys).Except(others));
        foreach (var (name, attribute) in known)
        {
            Assert.False((bool)attribute["required"]! && found[name] is null, $"{name} is required and missing.");
            if (found[name] is not { } value)
            {
                continue;
            }

            Assert.NotEqual("never", (string?)attribute["returned"]);
            if ((bool)attribute["multiValued"]!)
            {
                Assert.NotEmpty(value.AsArray());
                Assert.All(value.AsArray(), one => AssertValue(name, one!, attribute));
            }
            else
            {
                AssertValue(name, value, attribute);
            }
        }
    }

    private static void AssertValue(string name, JsonNode value, JsonObject attribute)
    {
        var isOfType = (string?)attribute["type"] switch
        {
            "complex" => value is JsonObject,
            "boolean" => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
            "integer" or "decimal" => value.GetValueKind() == JsonValueKind.Number,
            "dateTime" => DateTimeOffset.TryParse((string?)value, CultureInfo.InvariantCulture, out _),
            "binary" => IsBase64(value.GetValue<string>()),
            _ => value.GetValueKind() == JsonValueKind.String,
        };
        Assert.True(isOfType, $"{name} is no {attribute["type"]}: {value.ToJsonString()}");
        if (value is JsonObject parts)
        {
            AssertAttributes(parts, attribute["subAttributes"]!.AsArray(), []);
        }
    }

    private static bool IsBase64(string text) => Convert.TryFromBase64String(text, new byte[text.Length], out _);
}
