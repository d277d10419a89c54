using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NinjaIam.Core.Provisioning;
using NinjaIam.Core.Scim.Messages;
using NinjaIam.Core.Scim.Resources;
using NinjaIam.Core.Scim.Schema;
using NinjaIam.Core.Storage.Resources;

namespace NinjaIam.Core.ScimApi;

/// <summary>Where the pages around this one are; null where there is none.</summary>
internal sealed record PageCursors(string? Next, string? Previous);

/// <summary>Makes answers of resources: around the stored document come id, schemas, meta, groups and, streamed, members.</summary>
internal sealed class ResourceBody(string baseUrl, Projections projections, ResourceQueries queries, CancellationToken cancellationToken)
{
    public string LocationOf(ProvisionedResource resource) => $"{baseUrl}{resource.Type.Endpoint}/{resource.Id:D}";

    /// <summary>Writes what a write came to; the members of a group are read now.</summary>
    public async Task WriteAsync(AnswerStream stream, ProvisionedResource resource)
    {
        await using var members =
            resource.Type.HasMembers && projections[resource.Type].Wants(ResourceType.MembersAttribute)
                ? await queries.MembersAsync(resource, cancellationToken)
                : null;
        await WriteAsync(stream, resource, members);
    }

    /// <param name="cursors">Null for a page that is counted from the start of the list.</param>
    public async Task WriteAsync(AnswerStream stream, ResourcePage page, PageCursors? cursors)
    {
        var json = stream.Json;
        json.WriteStartObject();
        json.WriteStartArray("schemas");
        json.WriteStringValue(ListResponse.Urn);
        json.WriteEndArray();
        json.WriteNumber("totalResults", page.Total);
        if (cursors is null)
        {
            json.WriteNumber("startIndex", page.StartIndex);
        }

        json.WriteNumber("itemsPerPage", page.Resources.Count);
        if (cursors?.Previous is { } previous)
        {
            json.WriteString("previousCursor", previous);
        }

        if (cursors?.Next is { } next)
        {
            json.WriteString("nextCursor", next);
        }

        json.WriteStartArray("Resources");
        foreach (var resource in page.Resources)
        {
            await WriteAsync(stream, resource, page.Members);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public async Task WriteAsync(AnswerStream stream, ProvisionedResource resource, StreamedMembers? members)
    {
        var json = stream.Json;
        var projection = projections[resource.Type];
        json.WriteStartObject();
        if (!projection.IsRequested && resource.Type.ReturnsStoredValues)
        {
            WriteWhole(stream, resource);
        }
        else
        {
            foreach (var (name, value) in projection.Apply(HeadOf(resource)))
            {
                json.WritePropertyName(name);
                value!.WriteTo(json);
            }
        }

        if (members is not null && resource.Type.HasMembers)
        {
            await WriteMembersAsync(stream, resource, members);
        }

        json.WriteEndObject();
        await stream.SendPartAsync();
    }

    private async Task WriteMembersAsync(AnswerStream stream, ProvisionedResource group, StreamedMembers members)
    {
        var json = stream.Json;
        var projection = projections[group.Type];
        var any = false;
        while (await members.NextAsync(group) is { } member)
        {
            if (!projection.IsRequested)
            {
                Start();
                WriteMember(json, member);
            }
            else if (Project(projection, MemberOf(member)) is { } value)
            {
                Start();
                value.WriteTo(json);
            }

            if (await stream.SendPartAsync())
            {
                members.PartWasSent();
            }
        }

        if (any)
        {
            json.WriteEndArray();
        }

        void Start()
        {
            if (!any)
            {
                json.WriteStartArray(ResourceType.MembersAttribute);
                any = true;
            }
        }
    }

    private static JsonNode? Project(Projection projection, JsonObject member) =>
        projection.Apply(new JsonObject { [ResourceType.MembersAttribute] = new JsonArray(member) })[ResourceType.MembersAttribute]?[0];

    private JsonObject MemberOf(MemberReference member) =>
        new()
        {
            ["value"] = member.Id.ToString("D"),
            ["$ref"] = ReferenceTo(BuiltInResourceTypes.User, member),
            ["type"] = BuiltInResourceTypes.User.Name,
            ["display"] = member.Name,
        };

    private void WriteMember(Utf8JsonWriter json, MemberReference member)
    {
        json.WriteStartObject();
        json.WriteString("value", member.Id);
        json.WriteString("$ref", ReferenceTo(BuiltInResourceTypes.User, member));
        json.WriteString("type", BuiltInResourceTypes.User.Name);
        json.WriteString("display", member.Name);
        json.WriteEndObject();
    }

    /// <summary>Everything but the members, with the stored document as it is.</summary>
    private void WriteWhole(AnswerStream stream, ProvisionedResource resource)
    {
        var json = stream.Json;
        var document = resource.Document.Span;
        json.WriteStartArray("schemas");
        json.WriteStringValue(resource.Type.Schema.Id);
        foreach (var extension in resource.Type.Extensions)
        {
            if (extension.IsIn(document))
            {
                json.WriteStringValue(extension.Schema.Id);
            }
        }

        json.WriteEndArray();
        json.WriteString("id", resource.Id);
        if (document is [(byte)'{', .. { Length: > 0 } members, (byte)'}'])
        {
            stream.AddMembers(members);
        }

        if (resource.Groups.Count > 0)
        {
            json.WriteStartArray("groups");
            foreach (var group in resource.Groups)
            {
                json.WriteStartObject();
                json.WriteString("value", group.Id);
                json.WriteString("$ref", ReferenceTo(BuiltInResourceTypes.Group, group));
                json.WriteString("display", group.Name);
                json.WriteString("type", "direct");
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteStartObject("meta");
        json.WriteString("resourceType", resource.Type.Name);
        json.WriteString("created", Instant(resource.Created));
        json.WriteString("lastModified", Instant(resource.Modified));
        json.WriteString("location", LocationOf(resource));
        json.WriteString("version", new EntityTag(resource.Version).ToString());
        json.WriteEndObject();
    }

    private JsonObject HeadOf(ProvisionedResource resource)
    {
        var document = JsonNode.Parse(resource.Document.Span)!.AsObject();
        var head = new JsonObject
        {
            ["schemas"] = new JsonArray([.. resource.Type.SchemasOf(document).Select(urn => (JsonNode)urn)]),
            ["id"] = resource.Id.ToString("D"),
        };
        foreach (var (name, value) in document)
        {
            head[name] = value?.DeepClone();
        }

        if (resource.Groups.Count > 0)
        {
            head["groups"] = new JsonArray([
                .. resource.Groups.Select(group => new JsonObject
                {
                    ["value"] = group.Id.ToString("D"),
                    ["$ref"] = ReferenceTo(BuiltInResourceTypes.Group, group),
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

    private string ReferenceTo(ResourceType type, MemberReference other) => $"{baseUrl}{type.Endpoint}/{other.Id:D}";

    private static string Instant(DateTimeOffset instant) =>
        instant.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
