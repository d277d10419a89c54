using System.Globalization;
using System.Text.Json.Nodes;
using NinjaIam.Core.Provisioning;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Resources;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Core.Storage.Resources;

namespace NinjaIam.Core.ScimApi;

/// <summary>Makes answers of resources: around the stored document come id, schemas, meta, groups and, streamed, members.</summary>
internal sealed class ResourceBody(string baseUrl, Projection projection, ResourceQueries queries, CancellationToken cancellationToken)
{
    public string LocationOf(ProvisionedResource resource) => $"{baseUrl}{resource.Type.Endpoint}/{resource.Id:D}";

    public async Task WriteAsync(AnswerStream stream, ProvisionedResource resource)
    {
        var json = stream.Json;
        json.WriteStartObject();
        foreach (var (name, value) in projection.Apply(HeadOf(resource)))
        {
            json.WritePropertyName(name);
            value!.WriteTo(json);
        }

        if (resource.Type.HasMembers && projection.Wants(ResourceType.MembersAttribute))
        {
            await WriteMembersAsync(stream, resource);
        }

        json.WriteEndObject();
        await stream.SendPartAsync();
    }

    public async Task WriteAsync(AnswerStream stream, ResourcePage page)
    {
        var json = stream.Json;
        json.WriteStartObject();
        json.WriteStartArray("schemas");
        json.WriteStringValue(ListResponse.Urn);
        json.WriteEndArray();
        json.WriteNumber("totalResults", page.Total);
        json.WriteNumber("startIndex", page.StartIndex);
        json.WriteNumber("itemsPerPage", page.Resources.Count);
        json.WriteStartArray("Resources");
        foreach (var resource in page.Resources)
        {
            await WriteAsync(stream, resource);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private async Task WriteMembersAsync(AnswerStream stream, ProvisionedResource group)
    {
        var json = stream.Json;
        var any = false;
        await foreach (var member in queries.MembersAsync(group, cancellationToken))
        {
            if (Project(MemberOf(member)) is not { } value)
            {
                break;
            }

            if (!any)
            {
                json.WriteStartArray(ResourceType.MembersAttribute);
                any = true;
            }

            value.WriteTo(json);
            await stream.SendPartAsync();
        }

        if (any)
        {
            json.WriteEndArray();
        }
    }

    private JsonNode? Project(JsonObject member) =>
        projection.IsRequested
            ? projection
                .Apply(new JsonObject { [ResourceType.MembersAttribute] = new JsonArray(member) })[ResourceType.MembersAttribute]
                ?[0]
            : member;

    private JsonObject MemberOf(MemberReference member) =>
        new()
        {
            ["value"] = member.Id.ToString("D"),
            ["$ref"] = $"{baseUrl}{BuiltInResourceTypes.User.Endpoint}/{member.Id:D}",
            ["type"] = BuiltInResourceTypes.User.Name,
            ["display"] = member.Name,
        };

    private JsonObject HeadOf(ProvisionedResource resource)
    {
        var head = new JsonObject
        {
            ["schemas"] = new JsonArray([.. resource.Type.SchemasOf(resource.Document).Select(urn => (JsonNode)urn)]),
            ["id"] = resource.Id.ToString("D"),
        };
        foreach (var (name, value) in resource.Document)
        {
            head[name] = value?.DeepClone();
        }

        if (resource.Groups.Count > 0)
        {
            head["groups"] = new JsonArray([
                .. resource.Groups.Select(group => new JsonObject
                {
                    ["value"] = group.Id.ToString("D"),
                    ["$ref"] = $"{baseUrl}{BuiltInResourceTypes.Group.Endpoint}/{group.Id:D}",
                    ["display"] = group.Name,
                    ["type"] = "direct",
                }),
            ]);
        }

        head["meta"] = new JsonObject
        {
            ["resourceType"] = resource.Type.Name,
            ["created"] = Instant(resource.Created),
            ["lastModified"] = Instant(resource.Modified),
            ["location"] = LocationOf(resource),
            ["version"] = new EntityTag(resource.Version).ToString(),
        };
        return head;
    }

    private static string Instant(DateTimeOffset instant) =>
        instant.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
